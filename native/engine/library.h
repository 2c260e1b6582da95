// The functions of the shipped libllama and libggml, found at run time in the files that node-llama-cpp takes as well: one
// copy of the library per process, whoever loads it first. Signatures come from the headers of exactly that release, so a
// changed one does not compile; a binary of another release is refused.
#pragma once

#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml.h>
#include <gguf.h>
#include <llama.h>

#include <string>

// REDOUBT_LLAMA(function): exported by libllama.
#define REDOUBT_LLAMA_FUNCTIONS(REDOUBT_LLAMA)                                                                                   \
  REDOUBT_LLAMA(llama_version)                                                                                                   \
  REDOUBT_LLAMA(llama_backend_init)                                                                                              \
  REDOUBT_LLAMA(llama_print_system_info)                                                                                         \
  REDOUBT_LLAMA(llama_log_get)                                                                                                   \
  REDOUBT_LLAMA(llama_log_set)                                                                                                   \
  REDOUBT_LLAMA(llama_time_us)                                                                                                   \
  REDOUBT_LLAMA(llama_max_devices)                                                                                               \
  REDOUBT_LLAMA(llama_max_parallel_sequences)                                                                                    \
  REDOUBT_LLAMA(llama_supports_mmap)                                                                                             \
  REDOUBT_LLAMA(llama_supports_mlock)                                                                                            \
  REDOUBT_LLAMA(llama_supports_gpu_offload)                                                                                      \
  REDOUBT_LLAMA(llama_model_default_params)                                                                                      \
  REDOUBT_LLAMA(llama_context_default_params)                                                                                    \
  REDOUBT_LLAMA(llama_sampler_chain_default_params)                                                                              \
  REDOUBT_LLAMA(llama_model_quantize_default_params)                                                                             \
  REDOUBT_LLAMA(llama_model_quantize)                                                                                            \
  REDOUBT_LLAMA(llama_model_load_from_file)                                                                                      \
  REDOUBT_LLAMA(llama_model_free)                                                                                                \
  REDOUBT_LLAMA(llama_model_get_vocab)                                                                                           \
  REDOUBT_LLAMA(llama_model_rope_type)                                                                                           \
  REDOUBT_LLAMA(llama_model_n_ctx_train)                                                                                         \
  REDOUBT_LLAMA(llama_model_n_embd)                                                                                              \
  REDOUBT_LLAMA(llama_model_n_embd_out)                                                                                          \
  REDOUBT_LLAMA(llama_model_n_layer)                                                                                             \
  REDOUBT_LLAMA(llama_model_n_head)                                                                                              \
  REDOUBT_LLAMA(llama_model_n_head_kv)                                                                                           \
  REDOUBT_LLAMA(llama_model_n_swa)                                                                                               \
  REDOUBT_LLAMA(llama_model_n_cls_out)                                                                                           \
  REDOUBT_LLAMA(llama_model_cls_label)                                                                                           \
  REDOUBT_LLAMA(llama_model_meta_val_str)                                                                                        \
  REDOUBT_LLAMA(llama_model_meta_count)                                                                                          \
  REDOUBT_LLAMA(llama_model_meta_key_by_index)                                                                                   \
  REDOUBT_LLAMA(llama_model_meta_val_str_by_index)                                                                               \
  REDOUBT_LLAMA(llama_model_desc)                                                                                                \
  REDOUBT_LLAMA(llama_model_ftype)                                                                                               \
  REDOUBT_LLAMA(llama_ftype_name)                                                                                                \
  REDOUBT_LLAMA(llama_model_size)                                                                                                \
  REDOUBT_LLAMA(llama_model_n_params)                                                                                            \
  REDOUBT_LLAMA(llama_model_chat_template)                                                                                       \
  REDOUBT_LLAMA(llama_model_has_encoder)                                                                                         \
  REDOUBT_LLAMA(llama_model_has_decoder)                                                                                         \
  REDOUBT_LLAMA(llama_model_decoder_start_token)                                                                                 \
  REDOUBT_LLAMA(llama_model_is_recurrent)                                                                                        \
  REDOUBT_LLAMA(llama_model_is_hybrid)                                                                                           \
  REDOUBT_LLAMA(llama_model_is_diffusion)                                                                                        \
  REDOUBT_LLAMA(llama_init_from_model)                                                                                           \
  REDOUBT_LLAMA(llama_free)                                                                                                      \
  REDOUBT_LLAMA(llama_attach_threadpool)                                                                                         \
  REDOUBT_LLAMA(llama_detach_threadpool)                                                                                         \
  REDOUBT_LLAMA(llama_set_abort_callback)                                                                                        \
  REDOUBT_LLAMA(llama_set_n_threads)                                                                                             \
  REDOUBT_LLAMA(llama_set_embeddings)                                                                                            \
  REDOUBT_LLAMA(llama_set_causal_attn)                                                                                           \
  REDOUBT_LLAMA(llama_synchronize)                                                                                               \
  REDOUBT_LLAMA(llama_get_model)                                                                                                 \
  REDOUBT_LLAMA(llama_get_memory)                                                                                                \
  REDOUBT_LLAMA(llama_pooling_type)                                                                                              \
  REDOUBT_LLAMA(llama_n_ctx)                                                                                                     \
  REDOUBT_LLAMA(llama_n_ctx_seq)                                                                                                 \
  REDOUBT_LLAMA(llama_n_batch)                                                                                                   \
  REDOUBT_LLAMA(llama_n_ubatch)                                                                                                  \
  REDOUBT_LLAMA(llama_n_seq_max)                                                                                                 \
  REDOUBT_LLAMA(llama_encode)                                                                                                    \
  REDOUBT_LLAMA(llama_decode)                                                                                                    \
  REDOUBT_LLAMA(llama_get_logits_ith)                                                                                            \
  REDOUBT_LLAMA(llama_get_embeddings_ith)                                                                                        \
  REDOUBT_LLAMA(llama_get_embeddings_seq)                                                                                        \
  REDOUBT_LLAMA(llama_memory_clear)                                                                                              \
  REDOUBT_LLAMA(llama_memory_seq_rm)                                                                                             \
  REDOUBT_LLAMA(llama_memory_seq_cp)                                                                                             \
  REDOUBT_LLAMA(llama_memory_seq_keep)                                                                                           \
  REDOUBT_LLAMA(llama_memory_seq_add)                                                                                            \
  REDOUBT_LLAMA(llama_memory_seq_pos_min)                                                                                        \
  REDOUBT_LLAMA(llama_memory_seq_pos_max)                                                                                        \
  REDOUBT_LLAMA(llama_memory_can_shift)                                                                                          \
  REDOUBT_LLAMA(llama_state_seq_get_size)                                                                                        \
  REDOUBT_LLAMA(llama_state_seq_get_data)                                                                                        \
  REDOUBT_LLAMA(llama_state_seq_set_data)                                                                                        \
  REDOUBT_LLAMA(llama_state_seq_get_size_ext)                                                                                    \
  REDOUBT_LLAMA(llama_state_seq_get_data_ext)                                                                                    \
  REDOUBT_LLAMA(llama_state_seq_set_data_ext)                                                                                    \
  REDOUBT_LLAMA(llama_vocab_type)                                                                                                \
  REDOUBT_LLAMA(llama_vocab_n_tokens)                                                                                            \
  REDOUBT_LLAMA(llama_vocab_get_text)                                                                                            \
  REDOUBT_LLAMA(llama_vocab_get_attr)                                                                                            \
  REDOUBT_LLAMA(llama_vocab_get_score)                                                                                           \
  REDOUBT_LLAMA(llama_vocab_is_eog)                                                                                              \
  REDOUBT_LLAMA(llama_vocab_is_control)                                                                                          \
  REDOUBT_LLAMA(llama_vocab_bos)                                                                                                 \
  REDOUBT_LLAMA(llama_vocab_eos)                                                                                                 \
  REDOUBT_LLAMA(llama_vocab_eot)                                                                                                 \
  REDOUBT_LLAMA(llama_vocab_sep)                                                                                                 \
  REDOUBT_LLAMA(llama_vocab_nl)                                                                                                  \
  REDOUBT_LLAMA(llama_vocab_get_add_bos)                                                                                         \
  REDOUBT_LLAMA(llama_vocab_get_add_eos)                                                                                         \
  REDOUBT_LLAMA(llama_vocab_get_add_sep)                                                                                         \
  REDOUBT_LLAMA(llama_tokenize)                                                                                                  \
  REDOUBT_LLAMA(llama_token_to_piece)                                                                                            \
  REDOUBT_LLAMA(llama_detokenize)                                                                                                \
  REDOUBT_LLAMA(llama_adapter_lora_init)                                                                                         \
  REDOUBT_LLAMA(llama_adapter_lora_free)                                                                                         \
  REDOUBT_LLAMA(llama_adapter_meta_val_str)                                                                                      \
  REDOUBT_LLAMA(llama_adapter_get_alora_n_invocation_tokens)                                                                     \
  REDOUBT_LLAMA(llama_set_adapters_lora)                                                                                         \
  REDOUBT_LLAMA(llama_sampler_init)                                                                                              \
  REDOUBT_LLAMA(llama_sampler_accept)                                                                                            \
  REDOUBT_LLAMA(llama_sampler_apply)                                                                                             \
  REDOUBT_LLAMA(llama_sampler_reset)                                                                                             \
  REDOUBT_LLAMA(llama_sampler_clone)                                                                                             \
  REDOUBT_LLAMA(llama_sampler_free)                                                                                              \
  REDOUBT_LLAMA(llama_sampler_sample)                                                                                            \
  REDOUBT_LLAMA(llama_sampler_chain_init)                                                                                        \
  REDOUBT_LLAMA(llama_sampler_chain_add)                                                                                         \
  REDOUBT_LLAMA(llama_sampler_chain_get)                                                                                         \
  REDOUBT_LLAMA(llama_sampler_chain_n)                                                                                           \
  REDOUBT_LLAMA(llama_sampler_init_greedy)                                                                                       \
  REDOUBT_LLAMA(llama_sampler_init_dist)                                                                                         \
  REDOUBT_LLAMA(llama_sampler_init_top_k)                                                                                        \
  REDOUBT_LLAMA(llama_sampler_init_top_p)                                                                                        \
  REDOUBT_LLAMA(llama_sampler_init_min_p)                                                                                        \
  REDOUBT_LLAMA(llama_sampler_init_typical)                                                                                      \
  REDOUBT_LLAMA(llama_sampler_init_temp)                                                                                         \
  REDOUBT_LLAMA(llama_sampler_init_temp_ext)                                                                                     \
  REDOUBT_LLAMA(llama_sampler_init_xtc)                                                                                          \
  REDOUBT_LLAMA(llama_sampler_init_grammar)                                                                                      \
  REDOUBT_LLAMA(llama_sampler_init_penalties)                                                                                    \
  REDOUBT_LLAMA(llama_sampler_init_dry)                                                                                          \
  REDOUBT_LLAMA(llama_sampler_init_logit_bias)                                                                                   \
  REDOUBT_LLAMA(llama_perf_context)                                                                                              \
  REDOUBT_LLAMA(llama_perf_context_reset)

// REDOUBT_GGML(function): exported by libggml (the registry of backends).
#define REDOUBT_GGML_FUNCTIONS(REDOUBT_GGML)                                                                                     \
  REDOUBT_GGML(ggml_backend_load_all_from_path)                                                                                  \
  REDOUBT_GGML(ggml_backend_reg_count)                                                                                           \
  REDOUBT_GGML(ggml_backend_dev_count)                                                                                           \
  REDOUBT_GGML(ggml_backend_dev_get)                                                                                             \
  REDOUBT_GGML(ggml_backend_dev_by_type)

// REDOUBT_BASE(function): exported by libggml-base.
#define REDOUBT_BASE_FUNCTIONS(REDOUBT_BASE)                                                                                     \
  REDOUBT_BASE(ggml_backend_dev_name)                                                                                            \
  REDOUBT_BASE(ggml_backend_dev_description)                                                                                     \
  REDOUBT_BASE(ggml_backend_dev_type)                                                                                            \
  REDOUBT_BASE(ggml_backend_dev_memory)                                                                                          \
  REDOUBT_BASE(ggml_backend_dev_backend_reg)                                                                                     \
  REDOUBT_BASE(ggml_backend_reg_get_proc_address)                                                                                \
  REDOUBT_BASE(ggml_threadpool_params_default)                                                                                   \
  REDOUBT_BASE(ggml_type_name)

namespace redoubt {

/** The library's functions by their own names: `lib().llama_decode(context, batch)`. */
struct Library {
#define REDOUBT_FIELD(function) decltype(&::function) function = nullptr;
  REDOUBT_LLAMA_FUNCTIONS(REDOUBT_FIELD)
  REDOUBT_GGML_FUNCTIONS(REDOUBT_FIELD)
  REDOUBT_BASE_FUNCTIONS(REDOUBT_FIELD)
  // Of the processor's backend, which hands them out by name.
  REDOUBT_FIELD(ggml_threadpool_new)
  REDOUBT_FIELD(ggml_threadpool_free)
#undef REDOUBT_FIELD
};

/**
 * Opens the library in `folder` once for the whole process; the same folder again is fine. Throws Error: engine/library
 * (files or functions missing, no backend), engine/release (another release than the headers), engine/already-open (another folder).
 */
void open_library(const std::string &folder);

/** The open library. Throws engine/not-open before `open_library`. */
const Library &lib();

/** The release whose headers this addon was compiled with. */
const char *library_release();

}  // namespace redoubt
