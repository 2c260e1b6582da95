// A loaded model: its weights and its vocabulary. Contexts (schedulers, embeddings) hold it by shared_ptr.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "library.h"

namespace redoubt {

struct ModelOptions {
  std::string path;
  /** Layers on GPUs; -1 all. */
  int32_t gpu_layers = 0;
  bool mmap = true;
  /** Keeps the weights out of swap. */
  bool lock = false;
  bool vocab_only = false;
  /** Checks every tensor for values that are no numbers; reads the whole file. */
  bool check_tensors = false;
  /** The GPU that takes everything, -1: split over all. */
  int32_t main_gpu = -1;
  /** Shares of the GPUs when the model is split; empty: by free memory. */
  std::vector<float> tensor_split;
};

class Model {
 public:
  /**
   * Loads on the calling thread. `progress` gets 0…1 and returns false to cancel. Throws Error: engine/cancelled,
   * engine/out-of-memory, engine/load.
   */
  static std::shared_ptr<Model> load(const ModelOptions &options, const std::function<bool(float)> &progress);
  ~Model();
  Model(const Model &) = delete;
  Model &operator=(const Model &) = delete;

  llama_model *get() const { return model_; }
  const llama_vocab *vocab() const { return vocab_; }
  bool vocab_only() const { return vocab_only_; }
  int32_t vocab_size() const { return lib().llama_vocab_n_tokens(vocab_); }

  /** Thread-safe. `add_special`: with the tokens the model puts around a text; `parse_special`: control tokens may be written in the text. */
  std::vector<llama_token> tokenize(const std::string &text, bool add_special, bool parse_special) const;
  /** The bytes of one token; control tokens are empty unless `special`. Throws engine/argument for an id out of range. */
  std::string piece(llama_token token, bool special) const;
  /** The bytes of a text of tokens; `special` shows control tokens. */
  std::string detokenize(const std::vector<llama_token> &tokens, bool special) const;
  /** Throws engine/argument where one of the tokens is out of range. */
  void check_tokens(const std::vector<llama_token> &tokens, const std::string &name) const;

 private:
  Model(llama_model *model, bool vocab_only);

  llama_model *model_;
  const llama_vocab *vocab_;
  bool vocab_only_;
};

}  // namespace redoubt
