// Requests of the scheduler that save the state after their tokens or restore one.
#include <utility>

#include "scheduler.h"
#include "state.h"

namespace redoubt {

void Scheduler::save(Slot &slot) {
  StateResult result;
  result.bytes = write_state(context_.fingerprint(), slot.tokens, context_.save(slot.sequence));
  slot.run->request().on_saved(std::move(result));
  slot.run->ended = EndReason::end;
}

/** The library copies sequences at the begin of its next step, which must not come after a restored state. `idle` holds nothing. */
void Scheduler::finish_copies(Slot &idle) {
  if (!std::exchange(copied_, false)) return;
  working_.clear();
  batch_.clear();
  batch_.add(0, 0, idle.sequence, false);
  context_.decode(batch_, false);
  forget(idle, 0);
}

void Scheduler::restore(const Submission &submission, Slot &slot) {
  StateResult result;
  const auto state = read_state(context_.fingerprint(), vocabulary_.size(), submission.request->restore);
  if (!state) result.error = "The saved state is of another model, another version or another kind or number of slots.";
  else if (static_cast<int32_t>(state->tokens.size()) > context_.options().context_per_slot) result.error = "The saved state is longer than the context.";
  if (result.error.empty()) {
    forget(slot, 0);
    finish_copies(slot);
    if (context_.restore(slot.sequence, state->memory, state->memory_size)) {
      slot.tokens = state->tokens;
      slot.adapters = submission.request->adapters;
      slot.used_us = now_us();
      result.tokens = state->tokens;
    } else {
      forget(slot, 0);
      result.error = "The library refused the saved state.";
    }
  }
  submission.request->on_restored(std::move(result));
  std::lock_guard<std::mutex> lock(mutex_);
  controls_.erase(submission.request->id);
}

}  // namespace redoubt
