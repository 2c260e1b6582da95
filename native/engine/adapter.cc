#include "adapter.h"

#include "error.h"
#include "job.h"
#include "log.h"
#include "model_handle.h"

namespace redoubt {
namespace {

constexpr size_t most_adapters = 16;

struct AdapterHandle {
  static constexpr napi_type_tag type_tag = {0x51c9a2e07d8f4b16ULL, 0xb04f6e1d2a9c3875ULL};
  napi_env env;
  /** Empty once closed. */
  std::shared_ptr<Adapter> adapter;

  ~AdapterHandle() {
    try {
      free_elsewhere(env, std::move(adapter));
    } catch (...) {
    }
  }
};

napi_value close(Call &call) {
  auto owner = std::make_shared<std::shared_ptr<Adapter>>(std::move(call.self<AdapterHandle>("an adapter").adapter));
  Job job;
  job.body = [owner](ThreadCall &) { owner->reset(); };
  return run_job(call.env(), std::move(job));
}

}  // namespace

std::shared_ptr<Adapter> Adapter::load(std::shared_ptr<Model> model, const std::string &path) {
  LogScope log;
  std::lock_guard<std::mutex> lock(model->adapters);
  llama_adapter_lora *adapter = lib().llama_adapter_lora_init(model->get(), path.c_str());
  if (!adapter) {
    const auto lines = log.lines();
    throw Error("engine/load", "llama.cpp refused this adapter: " + (lines.empty() ? "it does not fit the model" : lines.back()), lines);
  }
  return std::shared_ptr<Adapter>(new Adapter(std::move(model), adapter));
}

Adapter::~Adapter() {
  std::lock_guard<std::mutex> lock(model_->adapters);
  lib().llama_adapter_lora_free(adapter_);
}

napi_value load_adapter(Call &call) {
  auto model = lease_model(call);
  if (model->vocab_only()) throw Error("engine/unsupported", "The model was loaded without its weights.");
  const std::string path = read_path(call.argument(0, "path"));
  const auto loaded = std::make_shared<std::shared_ptr<Adapter>>();
  napi_env env = call.env();
  Job job;
  job.body = [model, path, loaded](ThreadCall &) { *loaded = Adapter::load(model, path); };
  job.result = [loaded](napi_env env) {
    auto handle = std::make_unique<AdapterHandle>();
    handle->env = env;
    handle->adapter = std::move(*loaded);
    return make_handle(env, std::move(handle), {method<close>("close")});
  };
  return run_job(env, std::move(job));
}

std::vector<ScaledAdapter> read_adapters(const Value &adapters, const Model &model) {
  std::vector<ScaledAdapter> read;
  if (adapters.missing()) return read;
  for (const Value &each : adapters.array(most_adapters)) {
    const auto adapter = each.at("adapter").handle<AdapterHandle>("an adapter").adapter;
    if (!adapter) throw Error("engine/closed", "The adapter is closed.");
    if (adapter->model() != &model) throw Error("engine/argument", each.name() + ": the adapter belongs to another model.");
    read.push_back({adapter, static_cast<float>(each.number_or("scale", 1, -100, 100))});
  }
  return read;
}

}  // namespace redoubt
