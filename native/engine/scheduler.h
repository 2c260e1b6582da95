// Continuous batching: one thread, one call of llama_decode per step for everything that goes on. See pacer.h for how prompts
// and running streams share the time, prefix_cache.h for what need not be read again.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "engine_context.h"
#include "log.h"
#include "pacer.h"
#include "prefix_cache.h"
#include "slot.h"
#include "statistics.h"

namespace redoubt {

class Scheduler {
 public:
  /** Makes the context on the calling thread; slow. Throws Error. `sink` is called on the thread of `run`. */
  Scheduler(std::shared_ptr<Model> model, const SchedulerOptions &options, EventSink sink);

  /** Works until `close`; then every request has had its end. */
  void run();

  // From any thread; none of them waits for a step.
  /** Takes a request; its first answer comes through the sink. False when the scheduler is closed. Throws engine/argument for an id in use. */
  bool submit(Request request);
  void cancel(int64_t id);
  /** Forgets what idle slots hold. */
  void clear_cache();
  void close();
  Statistics statistics() const;

  const VocabularyTable &vocabulary() const { return vocabulary_; }
  const SchedulerOptions &options() const { return context_.options(); }

 private:
  // scheduler.cc: what comes in and goes out
  bool take_inbox();
  void clear_idle(bool others_work);
  void end_unwanted();
  void admit();
  bool start(const Submission &submission);
  void end_queued(const Submission &submission, EndReason reason, const std::string &error);
  void finish(Slot &slot, EndReason reason, const std::string &error = "");
  void flush(bool everything);
  void publish();

  // scheduler_state.cc
  void save(Slot &slot);
  void restore(const Submission &submission, Slot &slot);
  void finish_copies(Slot &idle);

  // step.cc: one step
  void step();
  void build();
  void add_prompts(int32_t generating);
  bool settle(int32_t status, int64_t us);
  void take_results();
  void read_prompt(Slot &slot);
  void generate(Slot &slot);
  bool make_room(Slot &slot);
  void close_gap();
  void forget(Slot &slot, size_t from);
  bool evict_idle();
  bool should_abort() const;

  mutable std::mutex mutex_;  // guards the inbox and the published statistics
  std::condition_variable wake_;
  std::vector<Submission> inbox_;
  std::unordered_map<int64_t, std::shared_ptr<Control>> controls_;
  bool clear_ = false;
  bool closing_ = false;
  Statistics published_;

  // Everything below belongs to the thread of `run`.
  EngineContext context_;
  VocabularyTable vocabulary_;
  EventSink sink_;
  Pacer pacer_;
  Batch batch_;
  std::vector<Slot> slots_;
  std::deque<Submission> queue_;  // by priority, then by time
  std::vector<Slot *> working_;   // those that take part in this step
  std::vector<GenerationEvent> outbox_;
  int64_t flushed_us_ = 0;
  int64_t step_ended_us_ = 0;
  int32_t gap_steps_ = 0;  // steps whose sequences did not follow each other
  bool copied_ = false;    // the next step copies a sequence first
  size_t turn_ = 0;  // whose adapters are next
  int32_t generated_ = 0, generating_ = 0, reading_ = 0, read_ = 0;  // of this step
  LogScope *log_ = nullptr;  // what the library says on this thread
  Statistics statistics_;
};

/** Microseconds of the steady clock. */
int64_t now_us();

}  // namespace redoubt
