#include "embedder.h"

#include <algorithm>
#include <cmath>

#include "batch.h"
#include "error.h"

namespace redoubt {
namespace {

// Texts per batch, and the smallest context, so that few texts do not make it grow step by step.
constexpr uint32_t most_sequences = 32;
constexpr uint32_t most_recurrent_sequences = 4;
constexpr uint32_t least_capacity = 512;

uint32_t sequences_of(const Model &model) {
  const bool recurrent = lib().llama_model_is_recurrent(model.get()) || lib().llama_model_is_hybrid(model.get());
  return recurrent ? most_recurrent_sequences : most_sequences;
}

}  // namespace

Context &Embedder::context(size_t longest, const EmbedOptions &options) {
  if (context_ && longest <= capacity_ && options.pooling == pooling_ && options.flash_attention == flash_attention_) {
    lib().llama_set_n_threads(context_->get(), options.threads, options.threads);
    return *context_;
  }
  context_.reset();
  capacity_ = least_capacity;
  while (capacity_ < longest) capacity_ *= 2;
  pooling_ = options.pooling;
  flash_attention_ = options.flash_attention;
  llama_context_params params = lib().llama_context_default_params();
  // Whole texts in one step: pooling and attention in both directions do not work across steps.
  params.n_ctx = params.n_batch = params.n_ubatch = capacity_;
  params.n_seq_max = sequences_of(*model_);
  params.kv_unified = true;
  params.embeddings = true;
  params.pooling_type = options.pooling;
  params.flash_attn_type = options.flash_attention;
  params.n_threads = params.n_threads_batch = options.threads;
  params.no_perf = true;
  context_ = std::make_unique<Context>(*model_, params);
  return *context_;
}

std::vector<std::vector<float>> Embedder::embed(const std::vector<std::vector<llama_token>> &texts, const EmbedOptions &options,
                                                const std::atomic<bool> &cancelled, const std::function<void(size_t)> &done) {
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::vector<float>> vectors(texts.size());
  size_t longest = 0;
  for (const auto &text : texts) longest = std::max(longest, text.size());
  if (texts.empty()) return vectors;
  Context &context = this->context(longest, options);
  context.use(options.adapters);
  // The adapters may be gone before the next call.
  struct Reset {
    Context &context;
    ~Reset() {
      try {
        context.use({});
      } catch (...) {
      }
    }
  } reset{context};

  Batch batch(static_cast<int32_t>(capacity_));
  const uint32_t sequences = sequences_of(*model_);
  for (size_t begin = 0, end; begin < texts.size(); begin = end) {
    batch.clear();
    for (end = begin; end < texts.size() && end - begin < sequences && texts[end].size() <= static_cast<size_t>(batch.room()); end++)
      for (size_t i = 0; i < texts[end].size(); i++)
        batch.add(texts[end][i], static_cast<llama_pos>(i), static_cast<llama_seq_id>(end - begin), true);
    if (const auto memory = lib().llama_get_memory(context.get())) lib().llama_memory_clear(memory, false);
    context.decode(batch.view(), cancelled);
    take(context.get(), texts, begin, end, options, vectors);
    done(end);
  }
  return vectors;
}

void Embedder::take(llama_context *context, const std::vector<std::vector<llama_token>> &texts, size_t begin, size_t end,
                    const EmbedOptions &options, std::vector<std::vector<float>> &vectors) const {
  const auto pooling = lib().llama_pooling_type(context);
  const auto size = static_cast<size_t>(pooling == LLAMA_POOLING_TYPE_RANK ? lib().llama_model_n_cls_out(model_->get())
                                                                           : lib().llama_model_n_embd_out(model_->get()));
  int32_t last = -1;
  for (size_t text = begin; text < end; text++) {
    last += static_cast<int32_t>(texts[text].size());
    const float *values = pooling == LLAMA_POOLING_TYPE_NONE
                              ? lib().llama_get_embeddings_ith(context, last)
                              : lib().llama_get_embeddings_seq(context, static_cast<llama_seq_id>(text - begin));
    if (!values) throw Error("engine/unsupported", "This model gives no embeddings.");
    vectors[text].assign(values, values + size);
    if (!options.normalise) continue;
    double square = 0;
    for (const float value : vectors[text]) square += static_cast<double>(value) * value;
    const double length = std::sqrt(square);
    for (float &value : vectors[text]) value = length > 0 ? static_cast<float>(value / length) : 0;
  }
}

}  // namespace redoubt
