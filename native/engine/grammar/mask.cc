#include "mask.h"

namespace redoubt {

Mask MaskMaker::make(uint32_t state) {
  mask_.assign(trie_.words(), 0);
  tables_.assign(trie_.depth + 1, nullptr);
  runs_.assign(trie_.depth + 1, {});
  cursors_.assign(trie_.depth + 1, {});
  // Where nearly everything may follow (inside a string) it is quicker to take away what may not.
  const Run &run = machine_.run(state);
  if (run.length > 0) {
    mask_ = trie_.all;
    walk<true>(0, state);
  } else {
    walk<false>(0, state);
  }
  while (!pending_.empty()) {
    const Pending next = pending_.back();
    pending_.pop_back();
    copy(next.node, next.leaf);
  }
  if (machine_.may_end(state)) {
    for (const int32_t token : trie_.end_tokens) mask_[token >> 6] |= uint64_t{1} << (token & 63);
  }
  return std::move(mask_);
}

static constexpr uint32_t worth_asking = 8;  // nodes below

void MaskMaker::enter(uint32_t node, uint32_t state) {
  for (const uint32_t leaf : machine_.copies(state)) pending_.push_back({node, leaf});
  const Trie::Node &n = trie_.nodes[node];
  tables_[n.depth] = &machine_.table(state);
  if (n.end - node > worth_asking) runs_[n.depth] = machine_.run(state);
  else runs_[n.depth].length = 0;
}

/** A node and everything below it is allowed, without looking: all of it is characters of the run. */
bool MaskMaker::passes(uint32_t node, const Run &run) const {
  const Trie::Text &text = trie_.texts[node];
  return run.length >= trie_.nodes[node].chars && run.length > 0 && trie_.nodes[node].chars != Trie::unknown &&
         (text.ascii[0] & ~run.ascii[0]) == 0 && (text.ascii[1] & ~run.ascii[1]) == 0 && (run.multi || !text.multi);
}

/** Sets (or, where all are set, leaves) the tokens below a node that the machine takes from a state. */
template <bool clearing>
void MaskMaker::walk(uint32_t node, uint32_t state) {
  const std::vector<Trie::Node> &nodes = trie_.nodes;
  enter(node, state);
  const uint32_t end = nodes[node].end;
  uint32_t steps = 0;
  for (uint32_t i = node + 1; i < end; steps++) {
    const Trie::Node &n = nodes[i];
    if (runs_[n.depth - 1].length > 0 && passes(i, runs_[n.depth - 1])) {
      if (!clearing) set(n.first_token, nodes[n.end].first_token);
      i = n.end;
      continue;
    }
    const uint32_t next = (*tables_[n.depth - 1])[n.byte];
    if (next == Machine::dead) {
      if (clearing) clear(n.first_token, nodes[n.end].first_token);
      i = n.end;
      continue;
    }
    if (!clearing) set(n.first_token, nodes[i + 1].first_token);
    if (n.end > i + 1) enter(i, next);
    i++;
  }
  machine_.work(steps);
}

/** The tokens below a node that go on with a copy, or with what follows it. */
void MaskMaker::copy(uint32_t node, uint32_t leaf) {
  const Frame frame = machine_.stacks[leaf];
  const uint32_t text_index = compiled_.program.copies[compiled_.program.code[frame.instruction].a].text;
  const CopyText &text = compiled_.texts[text_index];
  const CopyText::Cursor start = machine_.stacks.cursor(frame.value);
  const uint32_t after = machine_.after_copy(leaf);
  if (node == 0 && start == text.root()) return copy_from_start(starts_[text_index], after);

  const std::vector<Trie::Node> &nodes = trie_.nodes;
  const uint32_t end = nodes[node].end;
  cursors_[nodes[node].depth] = start;
  uint32_t steps = 0;
  for (uint32_t i = node + 1; i < end; steps++) {
    const Trie::Node &n = nodes[i];
    CopyText::Cursor cursor = cursors_[n.depth - 1];
    if (!text.step(cursor, n.byte)) {
      i = n.end;
      continue;
    }
    set(n.first_token, nodes[i + 1].first_token);
    if (n.end > i + 1) {
      cursors_[n.depth] = cursor;
      if (after != Machine::dead && text.may_end(cursor)) walk<false>(i, after);
    }
    i++;
  }
  machine_.work(steps);
}

void MaskMaker::copy_from_start(const CopyStart &start, uint32_t after) {
  for (size_t i = 0; i < mask_.size(); i++) mask_[i] |= start.tokens[i];
  machine_.work(mask_.size() / 64 + 1);
  if (after == Machine::dead) return;
  const Machine::Table &table = machine_.table(after);
  bool only_quote = machine_.copies(after).empty();
  for (uint32_t byte = 0; only_quote && byte < 256; byte++) only_quote = byte == '"' || table[byte] == Machine::dead;
  if (!only_quote) {
    for (const uint32_t node : start.ends) walk<false>(node, after);
  } else if (table['"'] != Machine::dead) {
    for (const uint32_t node : start.quoted) {
      set(trie_.nodes[node].first_token, trie_.nodes[node + 1].first_token);
      if (trie_.nodes[node].end > node + 1) walk<false>(node, table['"']);
    }
  }
}

CopyStart copy_start(const CopyText &text, const Trie &trie) {
  CopyStart start{Mask(trie.words(), 0), {}, {}};
  std::vector<CopyText::Cursor> cursors(trie.depth + 1, text.root());
  for (uint32_t i = 1; i < trie.size();) {
    const Trie::Node &n = trie.nodes[i];
    CopyText::Cursor cursor = cursors[n.depth - 1];
    if (!text.step(cursor, n.byte)) {
      i = n.end;
      continue;
    }
    for (uint32_t t = n.first_token; t < trie.nodes[i + 1].first_token; t++) start.tokens[trie.tokens[t] >> 6] |= uint64_t{1} << (trie.tokens[t] & 63);
    if (n.end > i + 1) {
      cursors[n.depth] = cursor;
      if (text.may_end(cursor)) {
        start.ends.push_back(i);
        for (uint32_t child = i + 1; child < n.end; child = trie.nodes[child].end) {
          if (trie.nodes[child].byte == '"') start.quoted.push_back(child);
        }
      }
    }
    i++;
  }
  return start;
}

}  // namespace redoubt
