#include "scheduler.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "error.h"

namespace redoubt {
namespace {

constexpr int64_t group_us = 8000;    // tokens cross to JavaScript at most this often per request …
constexpr size_t group_tokens = 16;  // … or as soon as there are so many

}  // namespace

int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Scheduler::Scheduler(std::shared_ptr<Model> model, const SchedulerOptions &options, EventSink sink)
    : context_(model, options),
      vocabulary_(*model),
      sink_(std::move(sink)),
      pacer_(options.slots, options.batch),
      batch_(options.batch),
      slots_(options.slots) {
  for (int32_t i = 0; i < options.slots; i++) {
    slots_[i].sequence = i;
    slots_[i].tokens.reserve(options.context_per_slot);
  }
  statistics_.slots = options.slots;
  statistics_.context_size = static_cast<int64_t>(options.slots) * options.context_per_slot;
  published_ = statistics_;
  context_.set_abort([this] { return should_abort(); });
}

bool Scheduler::submit(Request request) {
  Submission submission{std::make_shared<Request>(std::move(request)), std::make_shared<Control>()};
  submission.request->submitted_us = now_us();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (closing_) return false;
    if (controls_.count(submission.request->id) > 0) throw Error("engine/argument", "A request with this id is running.");
    controls_[submission.request->id] = submission.control;
    inbox_.push_back(std::move(submission));
  }
  wake_.notify_one();
  return true;
}

void Scheduler::cancel(int64_t id) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto found = controls_.find(id);
    if (found == controls_.end()) return;
    found->second->cancelled = true;
  }
  wake_.notify_one();
}

void Scheduler::clear_cache() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    clear_ = true;
  }
  wake_.notify_one();
}

void Scheduler::close() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
    for (const auto &[id, control] : controls_) control->cancelled = true;
  }
  wake_.notify_one();
}

Statistics Scheduler::statistics() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return published_;
}

void Scheduler::run() {
  LogScope log;
  log_ = &log;
  while (take_inbox()) {
    end_unwanted();
    admit();
    step();
    publish();  // before the events: who sees an end finds it counted
    flush(false);
  }
  end_unwanted();
  publish();
  flush(true);
}

/** Waits while there is nothing to do. False when everything has ended after `close`. */
bool Scheduler::take_inbox() {
  const bool works = !queue_.empty() || std::any_of(slots_.begin(), slots_.end(), [](const Slot &slot) { return slot.run != nullptr; });
  std::unique_lock<std::mutex> lock(mutex_);
  if (!works) {
    step_ended_us_ = 0;
    if (!outbox_.empty()) {
      lock.unlock();
      flush(true);
      lock.lock();
    }
    wake_.wait(lock, [this] { return !inbox_.empty() || clear_ || closing_; });
  }
  for (auto &submission : inbox_) {
    const auto after = std::find_if(queue_.begin(), queue_.end(), [&](const Submission &other) {
      return other.request->priority < submission.request->priority;
    });
    queue_.insert(after, std::move(submission));
  }
  inbox_.clear();
  const bool clear = std::exchange(clear_, false);
  const bool closing = closing_;
  lock.unlock();
  if (clear) clear_idle(works);
  return !closing;
}

/** Idle slots hold nothing afterwards, and no adapters either. */
void Scheduler::clear_idle(bool others_work) {
  for (auto &slot : slots_) {
    if (slot.run) continue;
    forget(slot, 0);
    slot.adapters.clear();
  }
  if (!others_work) context_.use_adapters({});
}

/** Ends what was cancelled or is late, in slots and in the queue. */
void Scheduler::end_unwanted() {
  const int64_t now = now_us();
  for (auto &slot : slots_) {
    if (!slot.run) continue;
    if (slot.run->control().cancelled)
      finish(slot, EndReason::cancelled);
    else if (slot.run->past_deadline(now))
      finish(slot, EndReason::deadline);
  }
  for (auto each = queue_.begin(); each != queue_.end();) {
    const bool late = each->request->deadline_us != 0 && now >= each->request->deadline_us;
    if (!each->control->cancelled && !late) {
      ++each;
      continue;
    }
    end_queued(*each, each->control->cancelled ? EndReason::cancelled : EndReason::deadline, "");
    each = queue_.erase(each);
  }
}

void Scheduler::admit() {
  while (!queue_.empty() && start(queue_.front())) queue_.pop_front();
}

/** False when no slot is idle. */
bool Scheduler::start(const Submission &submission) {
  const Request &request = *submission.request;
  const Placement placement = place(slots_, request.tokens, request.adapters, {context_.can_trim(), !context_.options().unified});
  if (placement.slot < 0) return false;
  Slot &slot = slots_[placement.slot];
  if (request.on_restored) {
    restore(submission, slot);
    return true;
  }
  if (placement.source >= 0) {
    const auto &from = slots_[placement.source].tokens;
    context_.copy(slots_[placement.source].sequence, slot.sequence, placement.copied);
    slot.tokens.assign(from.begin(), from.begin() + placement.copied);
    copied_ = true;
    statistics_.copied_tokens += placement.copied;
  } else {
    forget(slot, placement.kept);
  }
  slot.adapters = request.adapters;
  try {
    slot.run = std::make_unique<ActiveRequest>(submission, vocabulary_);
  } catch (const std::exception &error) {
    end_queued(submission, EndReason::error, error.what());
    return true;
  }
  slot.run->started_us = now_us();
  slot.run->read = slot.run->cached = static_cast<int32_t>(slot.tokens.size());
  statistics_.cached_tokens += slot.run->cached;
  return true;
}

/** What every end says. */
static GenerationEvent end_of(const Request &request, EndReason reason, const std::string &error) {
  GenerationEvent event;
  event.id = request.id;
  event.kind = GenerationEvent::Kind::end;
  event.reason = reason;
  event.error = error;
  event.prompt_tokens = static_cast<int32_t>(request.tokens.size());
  return event;
}

/** The end of a request that never had a slot. */
void Scheduler::end_queued(const Submission &submission, EndReason reason, const std::string &error) {
  const Request &request = *submission.request;
  const std::string told = !error.empty() ? error : reason == EndReason::deadline ? "deadline" : "cancelled";
  if (request.on_saved) request.on_saved({told, {}, {}});
  if (request.on_restored) request.on_restored({told, {}, {}});
  GenerationEvent event = end_of(request, reason, error);
  event.queue_ms = static_cast<double>(now_us() - request.submitted_us) / 1000;
  outbox_.push_back(std::move(event));
  (reason == EndReason::error ? statistics_.failed : statistics_.cancelled)++;
  std::lock_guard<std::mutex> lock(mutex_);
  controls_.erase(request.id);
}

/** The end of a request in a slot; the slot is idle afterwards and keeps its tokens for the next one. */
void Scheduler::finish(Slot &slot, EndReason reason, const std::string &error) {
  const std::unique_ptr<ActiveRequest> run = std::move(slot.run);
  const Request &request = run->request();
  const int64_t now = now_us();
  if (reason != EndReason::stop) run->release_held();
  if (!run->pending.tokens.empty() || !run->pending.bytes.empty()) {
    run->pending.id = request.id;
    outbox_.push_back(std::move(run->pending));
  }
  GenerationEvent event = end_of(request, reason, error);
  event.cached_tokens = run->cached;
  event.output_tokens = run->output_tokens();
  event.drafted_tokens = run->drafted;
  event.accepted_tokens = run->accepted;
  event.spans = run->spans();
  event.queue_ms = static_cast<double>(run->started_us - request.submitted_us) / 1000;
  event.prompt_ms = static_cast<double>((run->first_us ? run->first_us : now) - run->started_us) / 1000;
  event.decode_ms = run->first_us ? static_cast<double>(now - run->first_us) / 1000 : 0;
  outbox_.push_back(std::move(event));
  if (request.on_saved && reason != EndReason::end) request.on_saved({error.empty() ? "cancelled" : error, {}, {}});
  if (reason == EndReason::error) statistics_.failed++;
  else if (reason == EndReason::cancelled || reason == EndReason::deadline) statistics_.cancelled++;
  else statistics_.completed++;
  slot.used_us = now;
  if (!request.cache_prompt) forget(slot, 0);
  std::lock_guard<std::mutex> lock(mutex_);
  controls_.erase(request.id);
}

/** Hands events to JavaScript in groups: at an end or a first token at once, else by time or number. */
void Scheduler::flush(bool everything) {
  const int64_t now = now_us();
  bool due = everything || !outbox_.empty() || now - flushed_us_ >= group_us;
  for (const auto &slot : slots_)
    if (slot.run && (slot.run->pending.tokens.size() >= group_tokens || (slot.run->output_tokens() == 1 && !slot.run->pending.tokens.empty()))) due = true;
  if (!due) return;
  for (auto &slot : slots_) {
    if (!slot.run || (slot.run->pending.tokens.empty() && slot.run->pending.bytes.empty())) continue;
    slot.run->pending.id = slot.run->request().id;
    outbox_.push_back(std::exchange(slot.run->pending, {}));
  }
  if (outbox_.empty()) return;
  flushed_us_ = now;
  sink_(std::exchange(outbox_, {}));
}

void Scheduler::publish() {
  statistics_.active = statistics_.generating = 0;
  statistics_.context_used = 0;
  for (const auto &slot : slots_) {
    statistics_.active += slot.run != nullptr;
    statistics_.generating += slot.run && slot.run->generating();
    statistics_.context_used += static_cast<int64_t>(slot.tokens.size());
  }
  statistics_.queued = static_cast<int32_t>(queue_.size());
  std::lock_guard<std::mutex> lock(mutex_);
  published_ = statistics_;
}

}  // namespace redoubt
