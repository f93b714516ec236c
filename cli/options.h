// Everything that a run can be told, with its defaults: where flags, variables and the config file end up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/render/renderer.h"
#include "ir/mesh/mesh_model.h"
#include "ir/pipeline.h"
#include "ir/trace/inquiry.h"

namespace s2a {

/// The least severity of a finding that makes a run fail.
enum class FailOn : std::uint8_t { Info, Warning, Error, Never };
enum class Color : std::uint8_t { Auto, Always, Never };
enum class Stage : std::uint8_t { Document, Resources, Mesh, Plan };

/// `--output-file`: a further report.
struct OutputFile {
  std::string path;
  const Renderer* format = nullptr;
};

struct Options {
  // What is read.
  std::vector<std::string> context;
  std::vector<std::string> exclude;
  std::string stdin_filename;
  std::string default_namespace = "default";
  bool each = false;
  unsigned jobs = 0;  ///< 0: one a processor

  // What it means.
  MeshOptions mesh;
  PassOptions passes;
  bool assume = false;

  // What `trace` follows.
  Inquiry inquiry{.message = Message{.target = "/"}};
  bool bytes = false;  ///< what is sent is not HTTP

  // What is written.
  bool write = false;
  std::string out_dir;  ///< empty: none

  // What is shown.
  const Renderer* output = nullptr;  ///< null: the command's own
  std::vector<OutputFile> output_files;
  FailOn fail_on = FailOn::Error;
  Color color = Color::Auto;
  bool quiet = false;
  bool origins = false;
  Stage stage = Stage::Plan;
};

}  // namespace s2a
