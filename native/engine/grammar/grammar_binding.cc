#include "grammar_binding.h"

#include "grammar.h"

namespace redoubt {
namespace {

struct VocabularyHandle {
  static constexpr napi_type_tag type_tag = {0x7b1c0d9e55a34f10, 0x9c2e6f8a41b7d301};
  std::shared_ptr<const Trie> trie;
  size_t tokens = 0;
};
struct GrammarHandle {
  static constexpr napi_type_tag type_tag = {0x7b1c0d9e55a34f10, 0x9c2e6f8a41b7d302};
  std::shared_ptr<Grammar> grammar;
  size_t tokens = 0;
};
struct StateHandle {
  static constexpr napi_type_tag type_tag = {0x7b1c0d9e55a34f10, 0x9c2e6f8a41b7d303};
  GrammarState state;
  size_t tokens = 0;
};

napi_value make_state(napi_env env, GrammarState state, size_t tokens);
GrammarState &state_of(Call &call) { return call.self<StateHandle>("a grammar state").state; }

/** The addon's Error for one of the grammar engine. */
template <typename Body>
auto told(Body body) {
  try {
    return body();
  } catch (const GrammarError &error) {
    const std::string place = error.line > 0 ? " (line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + ")" : "";
    throw Error(error.code, error.what() + place);
  }
}

int32_t token_of(Call &call) {
  const auto tokens = static_cast<int64_t>(call.self<StateHandle>("a grammar state").tokens);
  return static_cast<int32_t>(call.argument(0, "token").integer(0, tokens - 1));
}

napi_value mask(Call &call) {
  const StateHandle &handle = call.self<StateHandle>("a grammar state");
  const uint64_t *words = told([&] { return state_of(call).mask(); });
  std::vector<uint8_t> allowed(handle.tokens);
  for (size_t i = 0; i < handle.tokens; i++) allowed[i] = words[i >> 6] >> (i & 63) & 1;
  return make_typed_array(call.env(), allowed.data(), allowed.size());
}

napi_value allows(Call &call) { return make_boolean(call.env(), told([&] { return state_of(call).allows(token_of(call)); })); }
napi_value accept(Call &call) { return make_boolean(call.env(), told([&] { return state_of(call).accept(token_of(call)); })); }

napi_value accept_bytes(Call &call) {
  const std::vector<uint8_t> bytes = call.argument(0, "bytes").bytes();
  const std::string_view view(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  return make_boolean(call.env(), told([&] { return state_of(call).accept_bytes(view); }));
}

napi_value may_end(Call &call) { return make_boolean(call.env(), state_of(call).may_end()); }
napi_value finished(Call &call) { return make_boolean(call.env(), state_of(call).finished()); }

napi_value forced(Call &call) {
  std::string bytes;
  told([&] { return state_of(call).forced(bytes); });
  return make_text(call.env(), bytes);
}

napi_value spans(Call &call) {
  const std::vector<CopySpan> spans = state_of(call).spans();
  napi_value list;
  check(call.env(), napi_create_array_with_length(call.env(), spans.size(), &list));
  for (uint32_t i = 0; i < spans.size(); i++) {
    napi_value span = make_object(call.env());
    set(call.env(), span, "source", make_number(call.env(), spans[i].source));
    set(call.env(), span, "begin", make_number(call.env(), spans[i].begin));
    set(call.env(), span, "end", make_number(call.env(), spans[i].end));
    check(call.env(), napi_set_element(call.env(), list, i, span));
  }
  return list;
}

napi_value copy(Call &call) { return make_state(call.env(), state_of(call), call.self<StateHandle>("a grammar state").tokens); }

napi_value make_state(napi_env env, GrammarState state, size_t tokens) {
  auto handle = std::make_unique<StateHandle>(StateHandle{std::move(state), tokens});
  return make_handle(env, std::move(handle),
                     {
                         method<mask>("mask"),
                         method<allows>("allows"),
                         method<accept>("accept"),
                         method<accept_bytes>("acceptBytes"),
                         method<may_end>("mayEnd"),
                         method<finished>("finished"),
                         method<forced>("forced"),
                         method<spans>("spans"),
                         method<copy>("copy"),
                     });
}

napi_value start(Call &call) {
  const GrammarHandle &handle = call.self<GrammarHandle>("a grammar");
  return make_state(call.env(), told([&] { return GrammarState(handle.grammar); }), handle.tokens);
}

napi_value compile(Call &call) {
  const VocabularyHandle &vocabulary = call.self<VocabularyHandle>("a vocabulary");
  std::vector<CopySource> sources;
  const Value given = call.argument(1, "sources");
  if (!given.missing()) {
    for (std::string &text : given.texts(4096)) sources.push_back({std::move(text)});
  }
  GrammarLimits limits;
  const Value asked = call.argument(2, "limits");
  if (!asked.missing()) {
    limits.mask_bytes = static_cast<size_t>(asked.integer_or("maskBytes", static_cast<int64_t>(limits.mask_bytes), 0, 1 << 30));
    limits.machine_bytes = static_cast<size_t>(asked.integer_or("machineBytes", static_cast<int64_t>(limits.machine_bytes), 0, 1 << 30));
    limits.stacks_per_state = static_cast<uint32_t>(asked.integer_or("stacks", limits.stacks_per_state, 1, 1 << 20));
    limits.stack_depth = static_cast<uint32_t>(asked.integer_or("depth", limits.stack_depth, 1, 1 << 20));
  }
  const std::string gbnf = call.argument(0, "gbnf").text();
  auto handle = std::make_unique<GrammarHandle>();
  handle->grammar = told([&] { return Grammar::compile(vocabulary.trie, gbnf, sources, limits); });
  handle->tokens = vocabulary.tokens;
  return make_handle(call.env(), std::move(handle), {method<start>("start")});
}

}  // namespace

napi_value grammar_vocabulary(Call &call) {
  Vocabulary vocabulary;
  for (const Value &piece : call.argument(0, "pieces").array(1 << 20)) {
    const std::vector<uint8_t> bytes = piece.bytes();
    vocabulary.pieces.emplace_back(bytes.begin(), bytes.end());
  }
  vocabulary.end_tokens = call.argument(1, "endTokens").integers();
  auto handle = std::make_unique<VocabularyHandle>();
  handle->tokens = vocabulary.pieces.size();
  handle->trie = make_trie(vocabulary);
  return make_handle(call.env(), std::move(handle), {method<compile>("compile")});
}

}  // namespace redoubt
