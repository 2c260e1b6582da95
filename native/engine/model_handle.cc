#include "model_handle.h"

#include "adapter.h"
#include "job.h"
#include "perplexity.h"
#include "scheduler_binding.h"

namespace redoubt {
namespace {

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

napi_value create_scheduler(Call &call) { return redoubt::create_scheduler(call, lease_model(call)); }

/** Runs on this model end with engine/closed; resolves when nothing of it is in memory any more. */
napi_value close(Call &call) {
  auto &handle = call.self<ModelHandle>("a model");
  if (handle.model && *handle.leases > 0) throw Error("engine/in-use", "Close the schedulers and adapters of the model first.");
  if (handle.model) handle.model->closing = true;
  struct Owner {
    std::shared_ptr<Model> model;
    std::shared_ptr<Embedder> embedder;
  };
  const auto owner = std::make_shared<Owner>(Owner{std::move(handle.model), std::move(handle.embedder)});
  Job job;
  job.body = [owner](ThreadCall &) {
    if (!owner->model) return;
    const auto gone = owner->model->gone();
    *owner = {};
    gone->wait();
  };
  return run_job(call.env(), std::move(job));
}

napi_value make_model(napi_env env, std::shared_ptr<Model> model) {
  auto handle = std::make_unique<ModelHandle>();
  handle->env = env;
  handle->embedder = std::make_shared<Embedder>(model);
  handle->model = std::move(model);
  return make_handle(env, std::move(handle),
                     {
                         method<model_info>("info"),
                         method<model_metadata>("metadata"),
                         method<model_end_tokens>("endTokens"),
                         method<tokenize>("tokenize"),
                         method<detokenize>("detokenize"),
                         method<embed>("embed"),
                         method<rank>("rank"),
                         method<perplexity>("perplexity"),
                         method<load_adapter>("loadAdapter"),
                         method<create_scheduler>("createScheduler"),
                         method<close>("close"),
                     });
}

ModelOptions read_options(const Value &options) {
  ModelOptions read;
  read.path = read_path(options.at("path"));
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
    free_elsewhere(env, std::move(embedder));
    free_elsewhere(env, std::move(model));
  } catch (...) {
  }
}

std::shared_ptr<Model> model_of(Call &call) {
  auto model = call.self<ModelHandle>("a model").model;
  if (!model) throw Error("engine/closed", "The model is closed.");
  return model;
}

std::shared_ptr<Model> lease_model(Call &call) {
  auto model = model_of(call);
  auto leases = call.self<ModelHandle>("a model").leases;
  ++*leases;
  Model *pointer = model.get();
  return std::shared_ptr<Model>(pointer, [model = std::move(model), leases](Model *) mutable {
    model.reset();
    --*leases;
  });
}

std::string read_path(const Value &path) {
  std::string text = path.text();
  if (text.empty() || text.find('\0') != std::string::npos) refuse(path.name(), "a path");
  return text;
}

napi_value load_model(Call &call) {
  lib();
  const ModelOptions options = read_options(call.argument(0, "options"));
  const Value progress = call.argument(1, "onProgress");
  const auto loaded = std::make_shared<std::shared_ptr<Model>>();
  Task task;
  task.on_progress = progress.missing() ? nullptr : progress.function();
  task.body = [options, loaded, tells = task.on_progress != nullptr](const std::atomic<bool> &cancelled, ThreadCall &call) {
    float told = -1;
    *loaded = Model::load(options, [&](float fraction) {
      if (tells && (fraction >= told + 0.01F || fraction >= 1)) {
        told = fraction;
        call.post([fraction](napi_env env, napi_value function) { call_function(env, function, {make_number(env, fraction)}); });
      }
      return !cancelled;
    });
  };
  task.result = [loaded](napi_env env) { return make_model(env, std::move(*loaded)); };
  task.discard = [loaded](napi_env env) { free_elsewhere(env, std::move(*loaded)); };
  return run_task(call.env(), std::move(task));
}

}  // namespace redoubt
