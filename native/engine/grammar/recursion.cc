#include "recursion.h"

#include <algorithm>

namespace redoubt {

static constexpr uint64_t most_looks = 50'000'000;

Emptiness::Emptiness(const Syntax &syntax) : rules_(syntax.rules.size()) {
  // Up and down in turns: a chain of rules is then done in two rounds, whichever way it is written.
  bool changed = true;
  uint64_t looks = 0;
  const auto look = [&](size_t i) {
    if (!rules_[i] && any(syntax.rules[i].body)) rules_[i] = changed = true;
  };
  while (changed) {
    changed = false;
    for (size_t i = 0; i < rules_.size(); i++) look(i);
    for (size_t i = rules_.size(); i-- > 0;) look(i);
    looks += rules_.size();
    if (changed && looks > most_looks) throw GrammarError("grammar/too-large", "the rules of the grammar depend on each other in too many ways");
  }
}

bool Emptiness::any(const Alternatives &alternatives) const {
  return std::any_of(alternatives.begin(), alternatives.end(), [&](const Sequence &sequence) {
    return std::all_of(sequence.begin(), sequence.end(), [&](const Item &i) { return item(i); });
  });
}

bool Emptiness::once(const Item &item) const {
  switch (item.kind) {
    case Item::Kind::text: return item.text.empty();
    case Item::Kind::set: return false;
    case Item::Kind::rule: return rules_[item.rule];
    case Item::Kind::group: return any(item.group);
    case Item::Kind::copy: return !item.copy.some;
  }
  return false;
}

/** The rules that may be called before a byte is read. */
static void first_calls(const Alternatives &alternatives, const Emptiness &empty, std::vector<uint32_t> &out) {
  for (const Sequence &sequence : alternatives) {
    for (const Item &item : sequence) {
      if (item.max > 0 && item.kind == Item::Kind::rule) out.push_back(item.rule);
      if (item.max > 0 && item.kind == Item::Kind::group) first_calls(item.group, empty, out);
      if (!empty.item(item)) break;
    }
  }
}

void refuse_left_recursion(const Syntax &syntax, const Emptiness &empty) {
  enum class Mark : uint8_t { fresh, open, done };
  struct Visit {
    uint32_t rule;
    std::vector<uint32_t> calls;
  };
  std::vector<Mark> marks(syntax.rules.size(), Mark::fresh);
  std::vector<Visit> path;
  const auto enter = [&](uint32_t rule) {
    marks[rule] = Mark::open;
    path.push_back({rule, {}});
    first_calls(syntax.rules[rule].body, empty, path.back().calls);
  };
  for (uint32_t start = 0; start < marks.size(); start++) {
    if (marks[start] == Mark::fresh) enter(start);
    while (!path.empty()) {
      if (path.back().calls.empty()) {
        marks[path.back().rule] = Mark::done;
        path.pop_back();
        continue;
      }
      const uint32_t called = path.back().calls.back();
      path.back().calls.pop_back();
      if (marks[called] == Mark::fresh) enter(called);
      else if (marks[called] == Mark::open) {
        const Rule &rule = syntax.rules[called];
        throw GrammarError("grammar/left-recursion",
                           "the rule " + rule.name + " begins with itself; write the repetition behind, as in x ::= y (\",\" y)*",
                           rule.line, rule.column);
      }
    }
  }
}

}  // namespace redoubt
