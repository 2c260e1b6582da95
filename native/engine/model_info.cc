// What a model says of itself, for JavaScript.
#include "model_handle.h"

namespace redoubt {
namespace {

std::string description(const llama_model *model) {
  std::string text(256, '\0');
  const int32_t length = lib().llama_model_desc(model, text.data(), text.size());
  text.resize(length < 0 ? 0 : std::min(static_cast<size_t>(length), text.size() - 1));
  return text;
}

const char *vocabulary_type(const llama_vocab *vocab) {
  switch (lib().llama_vocab_type(vocab)) {
    case LLAMA_VOCAB_TYPE_SPM: return "spm";
    case LLAMA_VOCAB_TYPE_BPE: return "bpe";
    case LLAMA_VOCAB_TYPE_WPM: return "wpm";
    case LLAMA_VOCAB_TYPE_UGM: return "ugm";
    case LLAMA_VOCAB_TYPE_RWKV: return "rwkv";
    case LLAMA_VOCAB_TYPE_PLAMO2: return "plamo2";
    default: return "none";
  }
}

}  // namespace

napi_value model_info(Call &call) {
  const auto owner = model_of(call);
  const Library &library = lib();
  const llama_model *model = owner->get();
  const llama_vocab *vocab = owner->vocab();
  napi_env env = call.env();
  napi_value info = make_object(env);
  const auto number = [&](const char *name, double value) { set(env, info, name, make_number(env, value)); };
  const auto boolean = [&](const char *name, bool value) { set(env, info, name, make_boolean(env, value)); };
  set(env, info, "description", make_text(env, description(model)));
  set(env, info, "architecture", make_text(env, owner->metadata("general.architecture")));
  set(env, info, "fileType", make_text(env, library.llama_ftype_name(library.llama_model_ftype(model))));
  set(env, info, "vocabularyType", make_text(env, vocabulary_type(vocab)));
  number("bytes", static_cast<double>(library.llama_model_size(model)));
  number("parameters", static_cast<double>(library.llama_model_n_params(model)));
  number("layers", library.llama_model_n_layer(model));
  number("embeddingSize", library.llama_model_n_embd_out(model));
  // The library aborts when it is asked for the heads of a model without layers.
  const bool has_layers = library.llama_model_n_layer(model) > 0;
  number("heads", has_layers ? library.llama_model_n_head(model) : 0);
  number("headsKv", has_layers ? library.llama_model_n_head_kv(model) : 0);
  number("vocabularySize", owner->vocab_size());
  number("trainContext", library.llama_model_n_ctx_train(model));
  number("slidingWindow", library.llama_model_n_swa(model));
  boolean("recurrent", library.llama_model_is_recurrent(model) || library.llama_model_is_hybrid(model));
  boolean("encoder", library.llama_model_has_encoder(model));
  boolean("decoder", library.llama_model_has_decoder(model));
  boolean("ranks", owner->ranks());
  boolean("addBos", library.llama_vocab_get_add_bos(vocab));
  boolean("addEos", library.llama_vocab_get_add_eos(vocab));
  // -1 where the vocabulary has none.
  number("bos", library.llama_vocab_bos(vocab));
  number("eos", library.llama_vocab_eos(vocab));
  number("eot", library.llama_vocab_eot(vocab));
  return info;
}

napi_value model_metadata(Call &call) {
  const auto owner = model_of(call);
  napi_env env = call.env();
  napi_value values = make_object(env);
  const int32_t count = lib().llama_model_meta_count(owner->get());
  for (int32_t i = 0; i < count; i++) {
    std::string key(128, '\0');
    const int32_t length = lib().llama_model_meta_key_by_index(owner->get(), i, key.data(), key.size());
    if (length < 0 || length >= static_cast<int32_t>(key.size())) continue;
    key.resize(static_cast<size_t>(length));
    // An own property whatever the name is: a file must not set a prototype.
    napi_property_descriptor property{};
    property.name = make_text(env, key);
    property.value = make_text(env, owner->metadata(key));
    property.attributes = static_cast<napi_property_attributes>(napi_enumerable | napi_writable | napi_configurable);
    check(env, napi_define_properties(env, values, 1, &property));
  }
  return values;
}

napi_value model_end_tokens(Call &call) {
  const auto owner = model_of(call);
  std::vector<int32_t> tokens;
  for (int32_t token = 0; token < owner->vocab_size(); token++)
    if (lib().llama_vocab_is_eog(owner->vocab(), token)) tokens.push_back(token);
  return make_typed_array(call.env(), tokens.data(), tokens.size());
}

}  // namespace redoubt
