// A LoRA adapter of one model, loaded while the model is in use.
#pragma once

#include <memory>
#include <string>

#include "model.h"
#include "napi.h"

namespace redoubt {

/** Keeps the model. A context that was told to use it (`llama_set_adapters_lora`) must be told otherwise before the last reference goes. */
class Adapter {
 public:
  /** On the calling thread. Throws engine/load where the file is none or does not fit the model. */
  static std::shared_ptr<Adapter> load(std::shared_ptr<Model> model, const std::string &path);
  ~Adapter();
  Adapter(const Adapter &) = delete;
  Adapter &operator=(const Adapter &) = delete;

  llama_adapter_lora *get() const { return adapter_; }
  const Model *model() const { return model_.get(); }

 private:
  Adapter(std::shared_ptr<Model> model, llama_adapter_lora *adapter) : model_(std::move(model)), adapter_(adapter) {}

  std::shared_ptr<Model> model_;
  llama_adapter_lora *adapter_;
};

/** `model.loadAdapter(path)` → a promise of the handle. */
napi_value load_adapter(Call &call);

struct ScaledAdapter {
  std::shared_ptr<Adapter> adapter;
  float scale;
};
/** Reads `[{ adapter, scale? }]`. Throws engine/argument for adapters of another model, engine/closed for closed ones. */
std::vector<ScaledAdapter> read_adapters(const Value &adapters, const Model &model);

}  // namespace redoubt
