#include "perplexity.h"

#include <cmath>

#include "batch.h"
#include "context.h"
#include "job.h"
#include "model_handle.h"

namespace redoubt {
namespace {

// Rows of logits kept at once: 128 of a vocabulary of 128,000 are 64 MiB.
constexpr int32_t batch_size = 128;

/** -log of the probability that the logits give to the token. */
double surprise(const float *logits, int32_t size, llama_token token) {
  float best = logits[0];
  for (int32_t i = 1; i < size; i++) best = std::max(best, logits[i]);
  double sum = 0;
  for (int32_t i = 0; i < size; i++) sum += std::exp(static_cast<double>(logits[i] - best));
  return std::log(sum) - (logits[token] - best);
}

}  // namespace

Perplexity measure_perplexity(const Model &model, const std::vector<llama_token> &tokens, int32_t window, int32_t threads,
                              const std::atomic<bool> &cancelled, const std::function<void(double)> &done) {
  llama_context_params params = lib().llama_context_default_params();
  params.n_ctx = static_cast<uint32_t>(window);
  params.n_batch = params.n_ubatch = batch_size;
  params.n_seq_max = 1;
  params.n_threads = params.n_threads_batch = threads;
  params.no_perf = true;
  Context context(model, params);
  const auto memory = lib().llama_get_memory(context.get());
  if (!memory) throw Error("engine/unsupported", "This model does not foresee text.");

  const size_t windows = tokens.size() / static_cast<size_t>(window);
  const int32_t vocabulary = model.vocab_size();
  const bool adds_first = lib().llama_vocab_get_add_bos(model.vocab());
  Batch batch(batch_size);
  double sum = 0, squares = 0;
  size_t count = 0;
  for (size_t i = 0; i < windows; i++) {
    const llama_token *text = tokens.data() + i * static_cast<size_t>(window);
    lib().llama_memory_clear(memory, false);
    for (int32_t at = 0; at < window; at += batch_size) {
      batch.clear();
      const int32_t end = std::min(at + batch_size, window);
      for (int32_t p = at; p < end; p++)
        batch.add(p == 0 && adds_first ? lib().llama_vocab_bos(model.vocab()) : text[p], p, 0, p >= window / 2 && p + 1 < window);
      context.decode(batch.view(), cancelled);
      for (int32_t p = std::max(at, window / 2); p < end && p + 1 < window; p++, count++) {
        const double value = surprise(lib().llama_get_logits_ith(context.get(), p - at), vocabulary, text[p + 1]);
        sum += value;
        squares += value * value;
      }
      done((static_cast<double>(i) + static_cast<double>(end) / window) / static_cast<double>(windows));
    }
  }
  const double n = static_cast<double>(count);
  const double mean = sum / n;
  const double deviation = count > 1 ? std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1)) : 0;
  return {std::exp(mean), std::exp(mean) * deviation, count};
}

napi_value perplexity(Call &call) {
  const auto model = model_of(call);
  const auto tokens = std::make_shared<std::vector<llama_token>>(call.argument(0, "tokens").integers());
  model->check_tokens(*tokens, call.argument(0, "tokens").name());
  const auto options = call.argument(1, "options");
  const int32_t most = lib().llama_model_n_ctx_train(model->get());
  const auto window = static_cast<int32_t>(options.missing() ? std::min(512, most) : options.integer_or("window", std::min(512, most), 8, most));
  const auto threads = static_cast<int32_t>(options.missing() ? default_threads() : options.integer_or("threads", default_threads(), 1, 512));
  if (tokens->size() < static_cast<size_t>(window))
    throw Error("engine/argument", "The text has " + std::to_string(tokens->size()) + " tokens; at least " + std::to_string(window) + " are needed.");
  const auto progress = call.argument(2, "onProgress");
  const auto measured = std::make_shared<Perplexity>();
  Task task;
  task.on_progress = progress.missing() ? nullptr : progress.function();
  task.body = [=, tells = task.on_progress != nullptr](const std::atomic<bool> &cancelled, ThreadCall &call) {
    *measured = measure_perplexity(*model, *tokens, window, threads, cancelled, [&](double fraction) {
      if (tells) call.post([fraction](napi_env env, napi_value function) { call_function(env, function, {make_number(env, fraction)}); });
    });
  };
  task.result = [measured](napi_env env) {
    napi_value result = make_object(env);
    set(env, result, "perplexity", make_number(env, measured->perplexity));
    set(env, result, "error", make_number(env, measured->error));
    set(env, result, "tokens", make_number(env, static_cast<double>(measured->tokens)));
    return result;
  };
  return run_task(call.env(), std::move(task));
}

}  // namespace redoubt
