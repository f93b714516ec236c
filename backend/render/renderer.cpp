// Finding a format by its name.
#include "backend/render/renderer.h"

#include <algorithm>

namespace s2a {

const Renderer* find_renderer(std::string_view name) {
  const auto found = std::ranges::find(kRenderers, name, &Renderer::name);
  return found == kRenderers.end() ? nullptr : &*found;
}

}  // namespace s2a
