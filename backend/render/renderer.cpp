// The rows of the table of formats.
#include "backend/render/renderer.h"

#include <algorithm>
#include <array>

namespace s2a {
namespace {

constexpr std::array kRenderers = {
    Renderer{"text", ".txt", render_text},
    Renderer{"json", ".json", render_json},
    Renderer{"diff", ".diff", render_diff},
};

}  // namespace

std::span<const Renderer> renderers() { return kRenderers; }

const Renderer* find_renderer(std::string_view name) {
  const auto found = std::ranges::find(kRenderers, name, &Renderer::name);
  return found == kRenderers.end() ? nullptr : &*found;
}

}  // namespace s2a
