#include "context.h"

#include "error.h"
#include "log.h"

namespace redoubt {

Context::Context(const Model &model, llama_context_params params) : model_(model) {
  if (model.vocab_only()) throw Error("engine/unsupported", "The model was loaded without its weights.");
  LogScope log;
  context_ = lib().llama_init_from_model(model.get(), params);
  if (context_) return;
  const auto lines = log.lines();
  const std::string reason = lines.empty() ? "no reason given" : lines.back();
  if (log.speaks_of_memory()) throw Error("engine/out-of-memory", "There is not enough memory for this context: " + reason, lines);
  throw Error("engine/failed", "llama.cpp made no context: " + reason, lines);
}

void Context::use(const std::vector<ScaledAdapter> &adapters) {
  std::vector<llama_adapter_lora *> pointers;
  std::vector<float> scales;
  for (const auto &each : adapters) {
    pointers.push_back(each.adapter->get());
    scales.push_back(each.scale);
  }
  if (lib().llama_set_adapters_lora(context_, pointers.data(), pointers.size(), scales.data()) != 0)
    throw Error("engine/failed", "The adapters could not be set.");
}

void Context::decode(llama_batch batch, const std::atomic<bool> &stop) {
  struct Watch {
    const std::atomic<bool> &stop, &closing;
    bool stops() const { return stop || closing; }
  } watch{stop, model_.closing};
  const auto check_stop = [&] {
    if (model_.closing) throw Error("engine/closed", "The model was closed.");
    if (stop) throw Error("engine/cancelled", "The work was cancelled.");
  };
  check_stop();
  LogScope log;
  lib().llama_set_abort_callback(context_, [](void *data) { return static_cast<const Watch *>(data)->stops(); }, &watch);
  struct Unwatch {
    llama_context *context;
    ~Unwatch() { lib().llama_set_abort_callback(context, nullptr, nullptr); }
  } unwatch{context_};
  const llama_model *model = lib().llama_get_model(context_);
  const bool only_encodes = lib().llama_model_has_encoder(model) && !lib().llama_model_has_decoder(model);
  const int32_t status = only_encodes ? lib().llama_encode(context_, batch) : lib().llama_decode(context_, batch);
  if (status == 0) return;
  check_stop();
  throw Error("engine/failed", "llama.cpp could not compute a batch (status " + std::to_string(status) + ").", log.lines());
}

}  // namespace redoubt
