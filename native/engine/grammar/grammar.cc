#include "grammar.h"

#include "mask_cache.h"

namespace redoubt {

static constexpr size_t most_source_bytes = 16u << 20;
static constexpr size_t most_grammar_bytes = 4u << 20;
static constexpr size_t most_forced = 256;

/** A machine and the masks of its states; when it has grown too large, states move to a new one. */
struct Generation {
  explicit Generation(const std::shared_ptr<const Compiled> &compiled) : machine(compiled), masks(compiled->limits.mask_bytes) {}
  Machine machine;
  MaskCache masks;
};

struct Grammar::Shared {
  std::shared_ptr<const Compiled> compiled;
  std::vector<CopyStart> starts;
  std::mutex mutex;  // of `current`; taken before a machine's
  std::shared_ptr<Generation> current;
};

Grammar::Grammar(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}
Grammar::~Grammar() = default;

std::shared_ptr<Grammar> Grammar::compile(std::shared_ptr<const Trie> trie, const std::string &gbnf, const std::vector<CopySource> &sources,
                                          const GrammarLimits &limits) {
  if (gbnf.size() > most_grammar_bytes) throw GrammarError("grammar/too-large", "the grammar is larger than 4 MiB");
  size_t bytes = 0;
  for (const CopySource &source : sources) bytes += source.text.size();
  if (bytes > most_source_bytes) throw GrammarError("grammar/too-large", "the sources of the grammar are larger than 16 MiB");

  auto compiled = std::make_shared<Compiled>();
  compiled->trie = std::move(trie);
  compiled->limits = limits;
  compiled->program = assemble(parse_gbnf(gbnf, sources.size()));
  auto shared = std::make_unique<Shared>();
  for (const CopyTerminal &terminal : compiled->program.texts) {
    compiled->texts.emplace_back(sources[terminal.source].text, terminal);
    shared->starts.push_back(copy_start(compiled->texts.back(), *compiled->trie));
  }
  shared->compiled = compiled;
  shared->current = std::make_shared<Generation>(compiled);
  return std::shared_ptr<Grammar>(new Grammar(std::move(shared)));
}

struct GrammarState::Place {
  std::shared_ptr<Grammar> grammar;
  std::shared_ptr<Generation> generation;
  uint32_t state = 0;
  std::vector<Thread> threads;  // of the state, in order of preference
  CopyHistory history;
  std::shared_ptr<const Mask> mask;
  bool ended = false;

  const Compiled &compiled() const { return *grammar->shared_->compiled; }
  Machine &machine() const { return generation->machine; }
  bool by_table() const { return !machine().has_copies() && !machine().has_counts(); }
  /** The state after the bytes, 0 when they are not allowed; the threads too, where they are needed. The machine is locked. */
  uint32_t after(std::string_view bytes, std::vector<Thread> &result);
  bool take(std::string_view bytes);
  void renew();
};

uint32_t GrammarState::Place::after(std::string_view bytes, std::vector<Thread> &result) {
  Machine &m = machine();
  m.begin_work();
  if (by_table()) {
    uint32_t at = state;
    for (size_t i = 0; i < bytes.size() && at != Machine::dead; i++) at = m.table(at)[static_cast<uint8_t>(bytes[i])];
    return at;
  }
  std::vector<Thread> next;
  result = threads;
  for (const char byte : bytes) {
    m.step(result, static_cast<uint8_t>(byte), next, m.has_copies() ? &history : nullptr);
    result.swap(next);
    if (result.empty()) return Machine::dead;
  }
  return m.state(result);
}

bool GrammarState::Place::take(std::string_view bytes) {
  if (ended) return bytes.empty();
  renew();
  const std::lock_guard<std::mutex> lock(machine().mutex);
  const size_t entries = history.entries.size();
  std::vector<Thread> next;
  uint32_t at = Machine::dead;
  try {
    at = after(bytes, next);
  } catch (...) {
    history.entries.resize(entries);
    throw;
  }
  if (at == Machine::dead) {
    history.entries.resize(entries);
    return false;
  }
  state = at;
  threads.swap(next);
  return true;
}

/** Moves to a new machine when this one holds more than it may. */
void GrammarState::Place::renew() {
  Grammar::Shared &shared = *grammar->shared_;
  std::shared_ptr<Generation> old = generation;
  {
    const std::lock_guard<std::mutex> lock(old->machine.mutex);
    if (old->machine.bytes() <= compiled().limits.machine_bytes) return;
  }
  {
    const std::lock_guard<std::mutex> lock(shared.mutex);
    if (shared.current == old) shared.current = std::make_shared<Generation>(shared.compiled);
    generation = shared.current;
  }
  const std::scoped_lock both(old->machine.mutex, generation->machine.mutex);
  if (threads.empty()) {
    for (const uint32_t leaf : old->machine.leaves(state)) threads.push_back({leaf, 0});
  }
  threads = old->machine.moved(threads, generation->machine);
  state = generation->machine.state(threads);
}

GrammarState::GrammarState(std::shared_ptr<Grammar> grammar) : place_(std::make_unique<Place>()) {
  {
    const std::lock_guard<std::mutex> lock(grammar->shared_->mutex);
    place_->generation = grammar->shared_->current;
  }
  place_->grammar = std::move(grammar);
  const std::lock_guard<std::mutex> lock(place_->machine().mutex);
  place_->machine().begin_work();
  place_->machine().start(place_->threads, &place_->history);
  place_->state = place_->machine().state(place_->threads);
}

GrammarState::GrammarState(const GrammarState &other) : place_(std::make_unique<Place>(*other.place_)) {}
GrammarState &GrammarState::operator=(const GrammarState &other) {
  place_ = std::make_unique<Place>(*other.place_);
  return *this;
}
GrammarState::GrammarState(GrammarState &&) noexcept = default;
GrammarState &GrammarState::operator=(GrammarState &&) noexcept = default;
GrammarState::~GrammarState() = default;

const uint64_t *GrammarState::mask() {
  Place &place = *place_;
  if (!place.ended) place.renew();
  const std::lock_guard<std::mutex> lock(place.machine().mutex);
  Machine &machine = place.machine();
  machine.begin_work();
  const uint32_t state = place.ended ? Machine::dead : machine.canonical(place.state);
  place.mask = place.generation->masks.find(state);
  if (place.mask) return place.mask->data();

  const Trie &trie = *place.compiled().trie;
  Mask made(trie.words(), 0);
  if (place.ended) {
    for (const int32_t token : trie.end_tokens) made[token >> 6] |= uint64_t{1} << (token & 63);
  } else {
    made = MaskMaker(place.compiled(), place.grammar->shared_->starts, machine).make(state);
  }
  bool any = false;
  for (const uint64_t word : made) any = any || word != 0;
  if (!any) throw GrammarError("grammar/dead-end", "no token of this model can go on as the grammar asks");
  place.mask = std::make_shared<const Mask>(std::move(made));
  place.generation->masks.add(state, place.mask);
  return place.mask->data();
}

bool GrammarState::allows(int32_t token) {
  if (place_->compiled().trie->is_end(token)) return may_end();
  const std::string_view piece = place_->compiled().trie->piece(token);
  if (piece.empty() || place_->ended) return false;
  const std::lock_guard<std::mutex> lock(place_->machine().mutex);
  const size_t entries = place_->history.entries.size();
  std::vector<Thread> next;
  const uint32_t state = place_->after(piece, next);
  place_->history.entries.resize(entries);
  return state != Machine::dead;
}

bool GrammarState::accept(int32_t token) {
  if (place_->compiled().trie->is_end(token)) {
    if (!may_end()) return false;
    place_->ended = true;
    return true;
  }
  const std::string_view piece = place_->compiled().trie->piece(token);
  return !piece.empty() && place_->take(piece);
}

bool GrammarState::accept_bytes(std::string_view bytes) { return place_->take(bytes); }

bool GrammarState::may_end() const {
  const std::lock_guard<std::mutex> lock(place_->machine().mutex);
  return place_->ended || place_->machine().may_end(place_->state);
}

bool GrammarState::finished() const {
  const std::lock_guard<std::mutex> lock(place_->machine().mutex);
  return place_->ended || (place_->machine().may_end(place_->state) && place_->machine().leaves(place_->state).size() == 1);
}

std::vector<CopySpan> GrammarState::spans() const {
  const Place &place = *place_;
  std::vector<CopySpan> spans;
  if (place.threads.empty()) return spans;
  const std::lock_guard<std::mutex> lock(place.machine().mutex);
  // A way that has reached the end says more than one that goes on.
  Thread best = place.threads.front();
  for (size_t i = place.threads.size(); i-- > 0;) {
    if (place.compiled().program.code[place.machine().stacks[place.threads[i].leaf].instruction].op == Op::ret) best = place.threads[i];
  }
  for (uint32_t at = best.history; at != 0; at = place.history.entries[at].before) {
    const CopyHistory::Entry &entry = place.history.entries[at];
    const Copy &copy = place.compiled().program.copies[entry.copy];
    spans.push_back(entry.cursor.depth == 0 ? CopySpan{copy.source, 0, 0} : place.compiled().texts[copy.text].span(entry.cursor));
  }
  return {spans.rbegin(), spans.rend()};
}

bool GrammarState::forced(std::string &bytes) {
  bytes.clear();
  if (place_->ended) return false;
  Place walk = *place_;
  while (bytes.size() < most_forced) {
    int32_t only = -1;
    {
      const std::lock_guard<std::mutex> lock(walk.machine().mutex);
      if (walk.machine().may_end(walk.state)) break;
      only = walk.machine().only_byte(walk.state);
    }
    if (only < 0) break;
    bytes += static_cast<char>(only);
    if (!walk.take(std::string_view(bytes).substr(bytes.size() - 1))) break;
  }
  // Part of a code point is no text that a tokenizer could take.
  size_t whole = 0;
  while (whole < bytes.size()) {
    const uint32_t length = decode(bytes, whole).length;
    if (length == 0) break;
    whole += length;
  }
  bytes.resize(whole);
  return !bytes.empty();
}

}  // namespace redoubt
