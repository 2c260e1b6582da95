#include "model_handle.h"

#include <atomic>

#include "job.h"

namespace redoubt {
namespace {

/** The model behind `this`. Throws engine/closed after `close`. */
std::shared_ptr<Model> model_of(Call &call) {
  auto model = call.self<ModelHandle>("a model").model;
  if (!model) throw Error("engine/closed", "The model is closed.");
  return model;
}

napi_value tokenize(Call &call) {
  const auto model = model_of(call);
  const auto special = call.argument(1, "special");
  const auto tokens = model->tokenize(call.argument(0, "text").text(), false, !special.missing() && special.boolean());
  return make_typed_array(call.env(), tokens.data(), tokens.size());
}

napi_value detokenize(Call &call) {
  const auto model = model_of(call);
  const auto special = call.argument(1, "special");
  const auto bytes = model->detokenize(call.argument(0, "tokens").integers(), !special.missing() && special.boolean());
  return make_buffer(call.env(), bytes.data(), bytes.size());
}

/** Resolves when nothing of the model is in memory any more: runs and contexts that still hold it end first. */
napi_value close(Call &call) {
  auto owner = std::make_shared<std::shared_ptr<Model>>(std::move(call.self<ModelHandle>("a model").model));
  return run_job(call.env(), {[owner](ThreadCall &) { owner->reset(); }, {}, {}, nullptr});
}

napi_value make_model(napi_env env, std::shared_ptr<Model> model) {
  auto handle = std::make_unique<ModelHandle>();
  handle->env = env;
  handle->model = std::move(model);
  return make_handle(env, std::move(handle), {method<tokenize>("tokenize"), method<detokenize>("detokenize"), method<close>("close")});
}

/** A load that runs; `cancel` of JavaScript sets the flag that the progress callback looks at. */
struct Loading {
  static constexpr napi_type_tag type_tag = {0x2f0d7c55a1b94e63ULL, 0x8be1c0473d5a6f21ULL};
  std::shared_ptr<std::atomic<bool>> cancelled = std::make_shared<std::atomic<bool>>(false);
};

napi_value cancel(Call &call) {
  *call.self<Loading>("a load").cancelled = true;
  return make_undefined(call.env());
}

ModelOptions read_options(const Value &options) {
  ModelOptions read;
  read.path = options.at("path").text();
  if (read.path.find('\0') != std::string::npos) refuse(options.at("path").name(), "a path");
  read.gpu_layers = static_cast<int32_t>(options.integer_or("gpuLayers", 0, -1, 100000));
  read.mmap = options.boolean_or("mmap", true);
  read.lock = options.boolean_or("lock", false);
  read.vocab_only = options.boolean_or("vocabOnly", false);
  read.check_tensors = options.boolean_or("checkTensors", false);
  read.main_gpu = static_cast<int32_t>(options.integer_or("mainGpu", -1, -1, 255));
  if (options.has("tensorSplit"))
    for (const auto &share : options.at("tensorSplit").array(lib().llama_max_devices()))
      read.tensor_split.push_back(static_cast<float>(share.number(0, 1e9)));
  return read;
}

}  // namespace

ModelHandle::~ModelHandle() {
  // Collected without close(): unmapping the weights may take long.
  try {
    free_elsewhere(env, std::move(model));
  } catch (...) {
  }
}

napi_value load_model(Call &call) {
  lib();
  const ModelOptions options = read_options(call.argument(0, "options"));
  const Value progress = call.argument(1, "onProgress");
  auto loading = std::make_unique<Loading>();
  const auto cancelled = loading->cancelled;
  const auto loaded = std::make_shared<std::shared_ptr<Model>>();
  Job job;
  job.on_progress = progress.missing() ? nullptr : progress.function();
  const bool tells = job.on_progress != nullptr;
  job.body = [options, cancelled, loaded, tells](ThreadCall &call) {
    float told = -1;
    *loaded = Model::load(options, [&](float fraction) {
      if (tells && (fraction >= told + 0.01F || fraction >= 1)) {
        told = fraction;
        call.post([fraction](napi_env env, napi_value function) { call_function(env, function, {make_number(env, fraction)}); });
      }
      return !*cancelled;
    });
  };
  job.result = [loaded](napi_env env) { return make_model(env, std::move(*loaded)); };
  job.stop = [cancelled] { *cancelled = true; };
  napi_value promise = run_job(call.env(), std::move(job));
  napi_value handle = make_handle(call.env(), std::move(loading), {method<cancel>("cancel")});
  set(call.env(), handle, "promise", promise);
  return handle;
}

}  // namespace redoubt
