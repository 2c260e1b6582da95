#include "engine_context.h"

#include <algorithm>

#include "error.h"
#include "log.h"

namespace redoubt {

EngineContext::EngineContext(std::shared_ptr<Model> model, const SchedulerOptions &options)
    : model_(std::move(model)), options_(options) {
  if (!lib().llama_model_has_decoder(model_->get()) || lib().llama_model_has_encoder(model_->get()))
    throw Error("engine/unsupported", "Only models that generate token by token can be scheduled.");
  LogScope log;
  llama_context_params params = lib().llama_context_default_params();
  const bool recurrent = lib().llama_model_is_recurrent(model_->get()) || lib().llama_model_is_hybrid(model_->get());
  can_trim_ = !recurrent;
  params.n_seq_max = static_cast<uint32_t>(options.slots);
  params.n_ctx = static_cast<uint32_t>(options.slots) * static_cast<uint32_t>(options.context_per_slot);
  params.n_batch = static_cast<uint32_t>(options.batch);
  params.n_ubatch = static_cast<uint32_t>(std::min(options.micro_batch, options.batch));
  // The library reserves memory for a row of logits per token of the batch otherwise: hundreds of megabytes with large vocabularies.
  params.n_outputs_max = std::min(params.n_batch, static_cast<uint32_t>(options.slots) * static_cast<uint32_t>(1 + options.max_draft));
  params.n_threads = options.threads;
  params.n_threads_batch = batch_threads_ = options.prefill_threads;
  params.type_k = params.type_v = options.kv_type;
  params.flash_attn_type = options.flash_attention ? LLAMA_FLASH_ATTN_TYPE_AUTO : LLAMA_FLASH_ATTN_TYPE_DISABLED;
  params.kv_unified = options.unified;
  params.offload_kqv = options.kv_on_gpu;
  params.swa_full = true;  // the prefix cache and speculation go back in a sequence
  params.abort_callback = [](void *self) {
    const auto &abort = static_cast<EngineContext *>(self)->abort_;
    return abort && abort();
  };
  params.abort_callback_data = this;
  context_ = lib().llama_init_from_model(model_->get(), params);
  if (!context_) {
    const auto lines = log.lines();
    const std::string reason = lines.empty() ? "no reason given" : lines.back();
    if (log.speaks_of_memory()) throw Error("engine/out-of-memory", "There is not enough memory for this context: " + reason, lines);
    throw Error("engine/unsupported", "The library cannot make this context: " + reason, lines);
  }
  memory_ = lib().llama_get_memory(context_);
  ggml_threadpool_params pool = lib().ggml_threadpool_params_default(std::max(options.threads, options.prefill_threads));
  pool_ = lib().ggml_threadpool_new(&pool);
  // Without a pool of its own the library starts and ends threads for every single step.
  if (pool_) lib().llama_attach_threadpool(context_, pool_, pool_);
}

EngineContext::~EngineContext() {
  if (context_) {
    lib().llama_detach_threadpool(context_);
    lib().llama_free(context_);
  }
  if (pool_) lib().ggml_threadpool_free(pool_);
}

int32_t EngineContext::decode(Batch &batch, bool reads_prompt) {
  const int32_t threads = reads_prompt ? options_.prefill_threads : options_.threads;
  if (threads != batch_threads_) lib().llama_set_n_threads(context_, options_.threads, batch_threads_ = threads);
  const int32_t status = lib().llama_decode(context_, batch.view());
  if (status == 0) lib().llama_synchronize(context_);
  return status;
}

void EngineContext::use_adapters(const std::vector<AdapterUse> &adapters) {
  if (adapters == adapters_) return;
  std::vector<llama_adapter_lora *> pointers;
  std::vector<float> scales;
  for (const auto &use : adapters) {
    pointers.push_back(use.adapter);
    scales.push_back(use.scale);
  }
  if (lib().llama_set_adapters_lora(context_, pointers.data(), pointers.size(), scales.data()) != 0)
    throw Error("engine/failed", "The adapters could not be applied.");
  adapters_ = adapters;
}

void EngineContext::copy(int32_t from, int32_t to, int32_t count) {
  trim(to, 0);
  if (options_.unified && can_trim_) return lib().llama_memory_seq_cp(memory_, from, to, 0, count);
  // Buffers of their own are copied as a whole.
  lib().llama_memory_seq_cp(memory_, from, to, -1, -1);
  if (can_trim_) trim(to, count);
}

void EngineContext::shift(int32_t sequence, int32_t position, int32_t count) {
  lib().llama_memory_seq_rm(memory_, sequence, position, position + count);
  lib().llama_memory_seq_add(memory_, sequence, position + count, -1, -count);
}

std::vector<uint8_t> EngineContext::save(int32_t sequence) {
  std::vector<uint8_t> bytes(lib().llama_state_seq_get_size(context_, sequence));
  bytes.resize(lib().llama_state_seq_get_data(context_, bytes.data(), bytes.size(), sequence));
  return bytes;
}

bool EngineContext::restore(int32_t sequence, const uint8_t *bytes, size_t size) {
  return size > 0 && lib().llama_state_seq_set_data(context_, bytes, size, sequence) == size;
}

uint64_t EngineContext::fingerprint() const {
  uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  const auto mix = [&](uint64_t value) {
    for (int i = 0; i < 8; i++) hash = (hash ^ (value >> (8 * i) & 0xff)) * 0x100000001b3;
  };
  char text[256] = {};
  lib().llama_model_desc(model_->get(), text, sizeof text);
  for (const char *c = text; *c; c++) mix(static_cast<unsigned char>(*c));
  for (const char c : options_.state_key) mix(static_cast<unsigned char>(c));
  for (const char *c = library_release(); *c; c++) mix(static_cast<unsigned char>(*c));
  mix(lib().llama_model_n_params(model_->get()));
  mix(lib().llama_model_size(model_->get()));
  mix(static_cast<uint64_t>(model_->vocab_size()));
  mix(static_cast<uint64_t>(options_.kv_type));
  mix(options_.flash_attention);
  // The library writes one record per buffer of cells.
  mix(options_.unified ? 1 : static_cast<uint64_t>(options_.slots));
  return hash;
}

}  // namespace redoubt
