#include "machine.h"

#include <algorithm>

namespace redoubt {

Machine::Machine(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {
  states_.emplace_back();  // state 0: no stack is left
}

void Machine::too_complex(const char *why) { throw GrammarError("grammar/too-complex", std::string("the grammar is too complex: ") + why); }

bool Machine::Seen::first(uint32_t at, uint32_t stack, uint32_t fresh) {
  if ((used_ + 1) * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot &slot : old) {
      if (slot.epoch != epoch_) continue;
      size_t i = mix(0, slot.key) & (slots_.size() - 1);
      while (slots_[i].epoch == epoch_) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = slot;
    }
  }
  const uint64_t key = uint64_t{at} << 32 | stack;
  size_t i = mix(0, key) & (slots_.size() - 1);
  for (; slots_[i].epoch == epoch_; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].key != key) continue;
    if (slots_[i].fresh <= fresh) return false;
    slots_[i].fresh = fresh;
    return true;
  }
  slots_[i] = {key, epoch_, fresh};
  used_++;
  return true;
}

uint32_t Machine::push(uint32_t instruction, uint32_t value, uint32_t parent) {
  if (stacks[parent].depth >= compiled_->limits.stack_depth) too_complex("it is nested too deeply");
  return stacks.frame(instruction, value, parent);
}

uint32_t Machine::recorded(uint32_t history, uint32_t copy, const CopyText::Cursor &cursor, CopyHistory *record) {
  if (record == nullptr) return 0;
  record->entries.push_back({history, copy, cursor});
  return static_cast<uint32_t>(record->entries.size() - 1);
}

void Machine::add(uint32_t leaf, uint32_t history, std::vector<Thread> &out) {
  if (out.size() >= compiled_->limits.stacks_per_state) too_complex("too many ways lead through it at once");
  out.push_back({leaf, history});
}

/** Goes on from an instruction until every way waits for a byte, or for the end. */
void Machine::follow(uint32_t at, uint32_t stack, uint32_t history, std::vector<Thread> &out, CopyHistory *record) {
  const Program &program = compiled_->program;
  tasks_.clear();
  tasks_.push_back({at, stack, 0, history});
  while (!tasks_.empty()) {
    const Task task = tasks_.back();
    tasks_.pop_back();
    work(1);
    const Instruction &instruction = program.code[task.at];
    if (!seen_.first(task.at, task.stack, instruction.op == Op::bytes ? 0 : task.fresh)) continue;
    switch (instruction.op) {
      case Op::bytes: add(stacks.frame(task.at, 0, task.stack), task.history, out); break;
      case Op::split:
        for (uint32_t i = instruction.b; i-- > instruction.a;) tasks_.push_back({program.targets[i], task.stack, task.fresh, task.history});
        break;
      case Op::call:
        if (program.code[instruction.b].op == Op::ret) tasks_.push_back({instruction.a, task.stack, task.fresh, task.history});
        else tasks_.push_back({instruction.a, push(instruction.b, 0, task.stack), task.fresh + 1, task.history});
        break;
      case Op::repeat: {
        const Repeat &repeat = program.repeats[instruction.a];
        if (repeat.min == 0) tasks_.push_back({repeat.next, task.stack, task.fresh, task.history});
        tasks_.push_back({repeat.body, push(repeat.again, 0, task.stack), task.fresh + 1, task.history});
        break;
      }
      case Op::copy: {
        const Copy &copy = program.copies[instruction.a];
        const CopyText::Cursor root = compiled_->texts[copy.text].root();
        if (!copy.some) {
          const CopyText::Cursor empty{0, 0, 0, 0};
          tasks_.push_back({instruction.b, task.stack, task.fresh, recorded(task.history, instruction.a, empty, record)});
        }
        if (root.low < root.high) add(stacks.frame(task.at, stacks.cursor(copy.text, root), task.stack), task.history, out);
        break;
      }
      case Op::ret:
        if (task.stack == 0) add(stacks.frame(0, 0, 0), task.history, out);
        else end_rule(task);
        break;
      case Op::again: break;  // never executed, only returned to
    }
  }
}

/** Goes on with the frame on top of the stack. */
void Machine::end_rule(const Task &task) {
  const Program &program = compiled_->program;
  const Frame frame = stacks[task.stack];
  const Instruction &instruction = program.code[frame.instruction];
  if (instruction.op != Op::again) {
    tasks_.push_back({frame.instruction, frame.parent, task.fresh > 0 ? task.fresh - 1 : 0, task.history});
    return;
  }
  // A body that took no byte since its frame was made is empty: going round again would lead nowhere new.
  if (task.fresh > 0) return;
  const Repeat &repeat = program.repeats[instruction.a];
  const uint32_t count = repeat.max == no_maximum ? std::min(frame.value + 1, repeat.min) : frame.value + 1;
  if (count >= repeat.min) tasks_.push_back({repeat.next, frame.parent, 0, task.history});
  if (count < repeat.max) tasks_.push_back({repeat.body, push(repeat.again, count, frame.parent), 1, task.history});
}

void Machine::start(std::vector<Thread> &out, CopyHistory *history) {
  seen_.clear();
  out.clear();
  follow(compiled_->program.start, 0, 0, out, history);
}

void Machine::step(const std::vector<Thread> &threads, uint8_t byte, std::vector<Thread> &out, CopyHistory *history) {
  seen_.clear();
  out.clear();
  for (const Thread &thread : threads) step_leaf(thread, byte, out, history);
}

void Machine::step_leaf(const Thread &thread, uint8_t byte, std::vector<Thread> &out, CopyHistory *record) {
  const Program &program = compiled_->program;
  const Frame leaf = stacks[thread.leaf];
  const Instruction &instruction = program.code[leaf.instruction];
  work(1);
  if (instruction.op == Op::bytes) {
    for (uint32_t i = instruction.a; i < instruction.b; i++) {
      const Edge &edge = program.edges[i];
      if (byte >= edge.low && byte <= edge.high) follow(edge.next, leaf.parent, thread.history, out, record);
    }
  } else if (instruction.op == Op::copy) {
    const Copy &copy = program.copies[instruction.a];
    CopyText::Cursor cursor = stacks.cursor(leaf.value);
    const CopyText &text = compiled_->texts[copy.text];
    if (!text.step(cursor, byte)) return;
    add(stacks.frame(leaf.instruction, stacks.cursor(copy.text, cursor), leaf.parent), thread.history, out);
    if (text.may_end(cursor)) follow(instruction.b, leaf.parent, recorded(thread.history, instruction.a, cursor, record), out, record);
  }
}

uint32_t Machine::after_copy(uint32_t leaf) {
  const Frame frame = stacks[leaf];
  std::vector<Thread> threads;
  seen_.clear();
  follow(compiled_->program.code[frame.instruction].b, frame.parent, 0, threads, nullptr);
  return canonical(state(threads));
}

std::vector<Thread> Machine::moved(const std::vector<Thread> &threads, Machine &to) const {
  std::vector<Thread> result;
  for (const Thread &thread : threads) {
    std::vector<uint32_t> path;
    for (uint32_t at = thread.leaf; at != 0; at = stacks[at].parent) path.push_back(at);
    uint32_t copied = 0;
    for (size_t i = path.size(); i-- > 0;) {
      const Frame &frame = stacks[path[i]];
      const Instruction &instruction = compiled_->program.code[frame.instruction];
      const bool in_copy = i == 0 && instruction.op == Op::copy;
      const uint32_t value = in_copy ? to.stacks.cursor(compiled_->program.copies[instruction.a].text, stacks.cursor(frame.value)) : frame.value;
      copied = to.stacks.frame(frame.instruction, value, copied);
    }
    result.push_back({copied, thread.history});
  }
  return result;
}

}  // namespace redoubt
