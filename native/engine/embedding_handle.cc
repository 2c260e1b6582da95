// `embed` and `rank` of the model, for JavaScript.
#include <algorithm>
#include <thread>

#include "job.h"
#include "model_handle.h"

namespace redoubt {
namespace {

constexpr size_t most_texts = 100000;

enum llama_pooling_type read_pooling(const Value &pooling) {
  const std::string name = pooling.text();
  if (name == "none") return LLAMA_POOLING_TYPE_NONE;
  if (name == "mean") return LLAMA_POOLING_TYPE_MEAN;
  if (name == "cls") return LLAMA_POOLING_TYPE_CLS;
  if (name == "last") return LLAMA_POOLING_TYPE_LAST;
  refuse(pooling.name(), "none, mean, cls or last");
}

EmbedOptions read_options(const Value &options, const Model &model) {
  EmbedOptions read;
  read.threads = default_threads();
  read.context_size = lib().llama_model_n_ctx_train(model.get());
  if (options.missing()) return read;
  read.threads = static_cast<int32_t>(options.integer_or("threads", read.threads, 1, 512));
  read.context_size = static_cast<int32_t>(options.integer_or("contextSize", read.context_size, 1, read.context_size));
  if (options.has("pooling")) read.pooling = read_pooling(options.at("pooling"));
  if (options.has("flashAttention"))
    read.flash_attention = options.at("flashAttention").boolean() ? LLAMA_FLASH_ATTN_TYPE_ENABLED : LLAMA_FLASH_ATTN_TYPE_DISABLED;
  read.normalise = options.boolean_or("normalise", true);
  read.adapters = read_adapters(options.at("adapters"), model);
  return read;
}

std::vector<std::vector<llama_token>> read_texts(const Value &value, const Model &model, const EmbedOptions &options) {
  std::vector<std::vector<llama_token>> texts;
  for (const Value &each : value.array(most_texts)) {
    texts.push_back(each.integers());
    if (texts.back().empty()) throw Error("engine/argument", each.name() + ": an empty text has no vector.");
    if (texts.back().size() > static_cast<size_t>(options.context_size))
      throw Error("engine/argument", each.name() + ": the text has " + std::to_string(texts.back().size()) + " tokens, the context " +
                                         std::to_string(options.context_size) + ".");
    model.check_tokens(texts.back(), each.name());
  }
  return texts;
}

napi_value run(Call &call, bool ranks) {
  const auto model = model_of(call);
  if (model->vocab_only()) throw Error("engine/unsupported", "The model was loaded without its weights.");
  if (lib().llama_model_has_encoder(model->get()) && lib().llama_model_has_decoder(model->get()))
    throw Error("engine/unsupported", "Models with an encoder and a decoder give no embeddings.");
  EmbedOptions options = read_options(call.argument(1, "options"), *model);
  if (ranks) {
    if (!model->ranks()) throw Error("engine/unsupported", "This model was not made to rank texts.");
    options.pooling = LLAMA_POOLING_TYPE_RANK;
    options.normalise = false;
  }
  const auto texts = std::make_shared<std::vector<std::vector<llama_token>>>(read_texts(call.argument(0, "tokens"), *model, options));
  const auto vectors = std::make_shared<std::vector<std::vector<float>>>();
  const auto progress = call.argument(2, "onProgress");
  Task task;
  task.on_progress = progress.missing() ? nullptr : progress.function();
  task.body = [texts, vectors, options, embedder = call.self<ModelHandle>("a model").embedder, tells = task.on_progress != nullptr](
                  const std::atomic<bool> &cancelled, ThreadCall &call) {
    *vectors = embedder->embed(*texts, options, cancelled, [&](size_t done) {
      if (!tells) return;
      call.post([done](napi_env env, napi_value function) { call_function(env, function, {make_number(env, static_cast<double>(done))}); });
    });
  };
  task.result = [vectors](napi_env env) {
    napi_value array;
    check(env, napi_create_array_with_length(env, vectors->size(), &array));
    for (uint32_t i = 0; i < vectors->size(); i++)
      check(env, napi_set_element(env, array, i, make_typed_array(env, (*vectors)[i].data(), (*vectors)[i].size())));
    return array;
  };
  return run_task(call.env(), std::move(task));
}

}  // namespace

int32_t default_threads() { return std::clamp(static_cast<int32_t>(std::thread::hardware_concurrency()), 1, 16); }

napi_value embed(Call &call) { return run(call, false); }

napi_value rank(Call &call) { return run(call, true); }

}  // namespace redoubt
