// A loaded model: its weights and its vocabulary. Contexts (schedulers, embeddings) hold it by shared_ptr.
#pragma once

#include <atomic>
#include <condition_variable>
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

/** Tells when something is no more. */
class Gone {
 public:
  void tell() {
    std::lock_guard<std::mutex> lock(mutex_);
    gone_ = true;
    told_.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    told_.wait(lock, [this] { return gone_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  bool gone_ = false;
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
  /** Once true, jobs on this model end soon with engine/closed. */
  std::atomic<bool> closing{false};
  /** Told after the weights are freed. */
  std::shared_ptr<Gone> gone() const { return gone_; }
  /** Loading and freeing of adapters changes the model; one at a time. */
  std::mutex adapters;
  /** Whether it was made to rank texts (its pooling is a classifier's). */
  bool ranks() const { return metadata(metadata("general.architecture") + ".pooling_type") == "4"; }
  /** A value of the file's metadata as text, empty where there is none. Arrays are not among them. */
  std::string metadata(const std::string &key) const;
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
  std::shared_ptr<Gone> gone_ = std::make_shared<Gone>();
};

}  // namespace redoubt
