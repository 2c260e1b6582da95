// The shortest loop over the shipped llama.cpp: what the engine is measured against. Started with the folder of the libraries, a
// model, threads, streams and tokens per stream; reads lines `prefill N` and `decode STREAMS N` and answers each
// with seconds, those until the first tokens and all.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "llama.h"

namespace {

constexpr int batch_size = 512;
constexpr int short_prompt = 8;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void fail(const char *what) {
  std::fprintf(stderr, "bare: %s\n", what);
  std::exit(1);
}

struct Loop {
  llama_context *context;
  int vocabulary;
  llama_batch batch = llama_batch_init(batch_size, 0, 1);
  unsigned state = 1;

  llama_token any_token() {
    state = state * 1664525u + 1013904223u;
    return static_cast<llama_token>((state >> 8) % static_cast<unsigned>(vocabulary - 8));
  }

  void add(llama_token token, int position, int sequence, bool logits) {
    const int i = batch.n_tokens++;
    batch.token[i] = token;
    batch.pos[i] = position;
    batch.n_seq_id[i] = 1;
    batch.seq_id[i][0] = sequence;
    batch.logits[i] = logits;
  }

  void decode() {
    if (llama_decode(context, batch) != 0) fail("llama_decode failed");
    llama_synchronize(context);
    batch.n_tokens = 0;
  }

  llama_token best(int row) {
    const float *logits = llama_get_logits_ith(context, row);
    return static_cast<llama_token>(std::max_element(logits, logits + vocabulary) - logits);
  }

  double prefill(int tokens) {
    llama_memory_clear(llama_get_memory(context), false);
    const double started = now();
    for (int at = 0; at < tokens;) {
      const int end = std::min(tokens, at + batch_size);
      for (; at < end; at++) add(any_token(), at, 0, at == tokens - 1);
      decode();
    }
    best(-1);
    return now() - started;
  }

  std::pair<double, double> generate(int streams, int tokens) {
    llama_memory_clear(llama_get_memory(context), false);
    const double started = now();
    for (int s = 0; s < streams; s++)
      for (int i = 0; i < short_prompt; i++) add(any_token(), i, s, i == short_prompt - 1);
    decode();
    std::vector<llama_token> next(static_cast<size_t>(streams));
    for (int s = 0; s < streams; s++) next[static_cast<size_t>(s)] = best(s * short_prompt + short_prompt - 1);
    const double first = now() - started;
    for (int step = 1; step < tokens; step++) {
      for (int s = 0; s < streams; s++) add(next[static_cast<size_t>(s)], short_prompt + step - 1, s, true);
      decode();
      for (int s = 0; s < streams; s++) next[static_cast<size_t>(s)] = best(s);
    }
    return {first, now() - started};
  }
};

}  // namespace

int main(int count, char **arguments) {
  if (count != 6) fail("usage: bare FOLDER MODEL THREADS STREAMS TOKENS_PER_STREAM");
  llama_log_set([](ggml_log_level, const char *, void *) {}, nullptr);
  ggml_backend_load_all_from_path(arguments[1]);
  llama_backend_init();
  llama_model_params model_params = llama_model_default_params();
  model_params.n_gpu_layers = 0;
  llama_model *model = llama_model_load_from_file(arguments[2], model_params);
  if (!model) fail("the model cannot be loaded");
  const int threads = std::atoi(arguments[3]);
  const int streams = std::atoi(arguments[4]);
  llama_context_params params = llama_context_default_params();
  params.n_ctx = static_cast<uint32_t>(streams * std::atoi(arguments[5]));
  params.n_seq_max = static_cast<uint32_t>(streams);
  params.n_batch = params.n_ubatch = batch_size;
  params.n_threads = params.n_threads_batch = threads;
  params.kv_unified = true;
  llama_context *context = llama_init_from_model(model, params);
  if (!context) fail("the context cannot be made");
  ggml_backend_dev_t cpu = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
  const auto new_pool = reinterpret_cast<decltype(&ggml_threadpool_new)>(
      ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(cpu), "ggml_threadpool_new"));
  ggml_threadpool_params pool_params = ggml_threadpool_params_default(threads);
  ggml_threadpool *pool = new_pool(&pool_params);
  llama_attach_threadpool(context, pool, pool);

  Loop loop{context, llama_vocab_n_tokens(llama_model_get_vocab(model))};
  loop.generate(1, 8);
  std::printf("ready\n");
  std::fflush(stdout);
  char line[64];
  while (std::fgets(line, sizeof line, stdin)) {
    int first = 0, second = 0;
    std::pair<double, double> seconds;
    if (std::sscanf(line, "decode %d %d", &first, &second) == 2) seconds = loop.generate(first, second);
    else if (std::sscanf(line, "prefill %d", &first) == 1) seconds.first = seconds.second = loop.prefill(first);
    else fail("unknown command");
    std::printf("%.9f %.9f\n", seconds.first, seconds.second);
    std::fflush(stdout);
  }
  // The system frees everything; the library's own order of doing so is not what is measured.
  std::_Exit(0);
}
