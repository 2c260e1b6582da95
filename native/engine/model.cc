#include "model.h"

#include <climits>

#include "error.h"
#include "log.h"

namespace redoubt {
namespace {

constexpr int32_t most_text = INT_MAX - 1;

Error refused(const LogScope &log) {
  const auto lines = log.lines();
  const std::string reason = lines.empty() ? "the file is no model that this release knows" : lines.back();
  if (log.speaks_of_memory()) return Error("engine/out-of-memory", "There is not enough memory for this model: " + reason, lines);
  return Error("engine/load", "llama.cpp refused this model file: " + reason, lines);
}

}  // namespace

std::shared_ptr<Model> Model::load(const ModelOptions &options, const std::function<bool(float)> &progress) {
  struct State {
    const std::function<bool(float)> &progress;
    bool cancelled;
  } state{progress, false};
  LogScope log;
  llama_model_params params = lib().llama_model_default_params();
  params.n_gpu_layers = options.gpu_layers;
  params.load_mode = options.mmap ? (options.lock ? LLAMA_LOAD_MODE_MMAP_MLOCK : LLAMA_LOAD_MODE_MMAP)
                                  : (options.lock ? LLAMA_LOAD_MODE_MLOCK : LLAMA_LOAD_MODE_NONE);
  params.vocab_only = options.vocab_only;
  params.check_tensors = options.check_tensors;
  if (options.main_gpu >= 0) {
    params.split_mode = LLAMA_SPLIT_MODE_NONE;
    params.main_gpu = options.main_gpu;
  }
  std::vector<float> split(options.tensor_split);
  split.resize(lib().llama_max_devices(), 0.0F);
  if (!options.tensor_split.empty()) params.tensor_split = split.data();
  params.progress_callback_user_data = &state;
  params.progress_callback = [](float fraction, void *data) {
    auto &state = *static_cast<State *>(data);
    state.cancelled = state.cancelled || !state.progress(fraction);
    return !state.cancelled;
  };
  if (!progress(0)) throw Error("engine/cancelled", "Loading was cancelled.");
  llama_model *model = lib().llama_model_load_from_file(options.path.c_str(), params);
  if (state.cancelled) {
    if (model) lib().llama_model_free(model);
    throw Error("engine/cancelled", "Loading was cancelled.");
  }
  if (!model) throw refused(log);
  return std::shared_ptr<Model>(new Model(model, options.vocab_only));
}

Model::Model(llama_model *model, bool vocab_only)
    : model_(model), vocab_(lib().llama_model_get_vocab(model)), vocab_only_(vocab_only) {}

Model::~Model() {
  lib().llama_model_free(model_);
  gone_->tell();
}

std::string Model::metadata(const std::string &key) const {
  std::string value(256, '\0');
  int32_t length = lib().llama_model_meta_val_str(model_, key.c_str(), value.data(), value.size());
  if (length >= static_cast<int32_t>(value.size())) {
    value.resize(static_cast<size_t>(length) + 1);
    length = lib().llama_model_meta_val_str(model_, key.c_str(), value.data(), value.size());
  }
  value.resize(static_cast<size_t>(length < 0 ? 0 : length));
  return value;
}

std::vector<llama_token> Model::tokenize(const std::string &text, bool add_special, bool parse_special) const {
  if (text.size() > static_cast<size_t>(most_text)) throw Error("engine/argument", "The text is longer than 2 GB.");
  // A token has at least one byte, except the few that are put around the text.
  std::vector<llama_token> tokens(text.size() + 8);
  const auto run = [&] {
    return lib().llama_tokenize(vocab_, text.data(), static_cast<int32_t>(text.size()), tokens.data(), static_cast<int32_t>(tokens.size()),
                                add_special, parse_special);
  };
  int32_t count = run();
  if (count < 0 && count != INT32_MIN) {
    tokens.resize(static_cast<size_t>(-count));
    count = run();
  }
  if (count < 0) throw Error("engine/failed", "The text could not be split into tokens.");
  tokens.resize(static_cast<size_t>(count));
  return tokens;
}

std::string Model::piece(llama_token token, bool special) const {
  check_tokens({token}, "token");
  std::string bytes(64, '\0');
  int32_t size = lib().llama_token_to_piece(vocab_, token, bytes.data(), static_cast<int32_t>(bytes.size()), 0, special);
  if (size < 0) {
    bytes.resize(static_cast<size_t>(-size));
    size = lib().llama_token_to_piece(vocab_, token, bytes.data(), static_cast<int32_t>(bytes.size()), 0, special);
  }
  bytes.resize(static_cast<size_t>(size < 0 ? 0 : size));
  return bytes;
}

std::string Model::detokenize(const std::vector<llama_token> &tokens, bool special) const {
  check_tokens(tokens, "tokens");
  std::string bytes(tokens.size() * 8 + 64, '\0');
  const auto run = [&] {
    return lib().llama_detokenize(vocab_, tokens.data(), static_cast<int32_t>(tokens.size()), bytes.data(), static_cast<int32_t>(bytes.size()),
                                  false, special);
  };
  int32_t size = run();
  if (size < 0) {
    bytes.resize(static_cast<size_t>(-size));
    size = run();
  }
  if (size < 0) throw Error("engine/failed", "The tokens could not be turned into text.");
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

void Model::check_tokens(const std::vector<llama_token> &tokens, const std::string &name) const {
  const int32_t size = vocab_size();
  for (const llama_token token : tokens)
    if (token < 0 || token >= size) throw Error("engine/argument", name + ": the model has no token " + std::to_string(token) + ".");
}

}  // namespace redoubt
