// Values of JavaScript, made and read over the plain C API. Reading checks: what is wrong becomes Error engine/argument.
#pragma once

#include <node_api.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "error.h"

namespace redoubt {

/** JavaScript itself threw (a getter, no memory): its exception is pending and stays the one that is reported. */
struct PendingException {};

/** Checks the status of a call of the C API. */
inline void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  bool pending = false;
  if (napi_is_exception_pending(env, &pending) == napi_ok && pending) throw PendingException{};
  throw Error("engine/failed", "Node-API refused a call (status " + std::to_string(status) + ").");
}

[[noreturn]] inline void refuse(const std::string &name, const std::string &expected) {
  throw Error("engine/argument", name + " must be " + expected + ".");
}

inline napi_value make_text(napi_env env, const std::string &text) {
  napi_value value;
  check(env, napi_create_string_utf8(env, text.data(), text.size(), &value));
  return value;
}

inline napi_value make_number(napi_env env, double number) {
  napi_value value;
  check(env, napi_create_double(env, number, &value));
  return value;
}

inline napi_value make_boolean(napi_env env, bool truth) {
  napi_value value;
  check(env, napi_get_boolean(env, truth, &value));
  return value;
}

inline napi_value make_undefined(napi_env env) {
  napi_value value;
  check(env, napi_get_undefined(env, &value));
  return value;
}

inline napi_value make_object(napi_env env) {
  napi_value value;
  check(env, napi_create_object(env, &value));
  return value;
}

inline void set(napi_env env, napi_value object, const char *name, napi_value value) {
  check(env, napi_set_named_property(env, object, name, value));
}

inline napi_value make_texts(napi_env env, const std::vector<std::string> &texts) {
  napi_value array;
  check(env, napi_create_array_with_length(env, texts.size(), &array));
  for (uint32_t i = 0; i < texts.size(); i++) check(env, napi_set_element(env, array, i, make_text(env, texts[i])));
  return array;
}

/** A Buffer with a copy of the bytes. */
inline napi_value make_buffer(napi_env env, const void *bytes, size_t size) {
  napi_value buffer;
  void *data = nullptr;
  check(env, napi_create_buffer_copy(env, size, bytes, &data, &buffer));
  return buffer;
}

/** A typed array of its own memory with a copy of the numbers. (Electron allows no memory from outside V8's cage.) */
template <typename Number>
napi_value make_typed_array(napi_env env, const Number *numbers, size_t count) {
  static_assert(std::is_same_v<Number, int32_t> || std::is_same_v<Number, float> || std::is_same_v<Number, uint8_t>);
  constexpr napi_typedarray_type type = std::is_same_v<Number, int32_t> ? napi_int32_array
                                        : std::is_same_v<Number, float> ? napi_float32_array
                                                                        : napi_uint8_array;
  napi_value memory, array;
  void *data = nullptr;
  check(env, napi_create_arraybuffer(env, count * sizeof(Number), &data, &memory));
  if (count > 0) std::memcpy(data, numbers, count * sizeof(Number));
  check(env, napi_create_typedarray(env, type, count, memory, 0, &array));
  return array;
}

/** The Error of JavaScript for one of ours: `code`, `message`, `lines`. */
inline napi_value make_error(napi_env env, const Error &error) {
  napi_value value;
  check(env, napi_create_error(env, make_text(env, error.code()), make_text(env, error.what()), &value));
  set(env, value, "lines", make_texts(env, error.lines()));
  return value;
}

/** A value of JavaScript with the name it has in error messages. */
class Value {
 public:
  Value(napi_env env, napi_value value, std::string name) : env_(env), value_(value), name_(std::move(name)) {}

  napi_value raw() const { return value_; }
  const std::string &name() const { return name_; }
  bool missing() const {
    const napi_valuetype kind = type();
    return kind == napi_undefined || kind == napi_null;
  }

  std::string text() const {
    if (type() != napi_string) refuse(name_, "a string");
    size_t length = 0;
    check(env_, napi_get_value_string_utf8(env_, value_, nullptr, 0, &length));
    std::string text(length, '\0');
    check(env_, napi_get_value_string_utf8(env_, value_, text.data(), length + 1, &length));
    return text;
  }
  bool boolean() const {
    if (type() != napi_boolean) refuse(name_, "true or false");
    bool truth = false;
    check(env_, napi_get_value_bool(env_, value_, &truth));
    return truth;
  }
  double number(double least, double most) const {
    double number = NAN;
    if (type() == napi_number) check(env_, napi_get_value_double(env_, value_, &number));
    if (!(number >= least && number <= most)) refuse(name_, "a number from " + shown(least) + " to " + shown(most));
    return number;
  }
  int64_t integer(int64_t least, int64_t most) const {
    const double value = type() == napi_number ? number(-INFINITY, INFINITY) : NAN;
    if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most)) || value != std::floor(value))
      refuse(name_, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return static_cast<int64_t>(value);
  }
  napi_value function() const {
    if (type() != napi_function) refuse(name_, "a function");
    return value_;
  }
  /** A copy of an Int32Array. */
  std::vector<int32_t> integers() const { return numbers<int32_t>(napi_int32_array, "an Int32Array"); }
  std::vector<float> floats() const { return numbers<float>(napi_float32_array, "a Float32Array"); }
  /** A copy of a Uint8Array or Buffer. */
  std::vector<uint8_t> bytes() const { return numbers<uint8_t>(napi_uint8_array, "a Uint8Array"); }
  std::vector<Value> array(size_t most) const {
    bool is_array = false;
    check(env_, napi_is_array(env_, value_, &is_array));
    if (!is_array) refuse(name_, "an array");
    uint32_t length = 0;
    check(env_, napi_get_array_length(env_, value_, &length));
    if (length > most) refuse(name_, "an array of at most " + std::to_string(most) + " elements");
    std::vector<Value> values;
    for (uint32_t i = 0; i < length; i++) {
      napi_value element;
      check(env_, napi_get_element(env_, value_, i, &element));
      values.emplace_back(env_, element, name_ + "[" + std::to_string(i) + "]");
    }
    return values;
  }
  std::vector<std::string> texts(size_t most) const {
    std::vector<std::string> texts;
    for (const auto &value : array(most)) texts.push_back(value.text());
    return texts;
  }

  // Members of an object; `has` is false for undefined and null.
  Value at(const char *member) const {
    if (type() != napi_object) refuse(name_, "an object");
    napi_value value;
    check(env_, napi_get_named_property(env_, value_, member, &value));
    return Value(env_, value, name_ + "." + member);
  }
  bool has(const char *member) const { return !at(member).missing(); }
  int64_t integer_or(const char *member, int64_t otherwise, int64_t least, int64_t most) const {
    return has(member) ? at(member).integer(least, most) : otherwise;
  }
  double number_or(const char *member, double otherwise, double least, double most) const {
    return has(member) ? at(member).number(least, most) : otherwise;
  }
  bool boolean_or(const char *member, bool otherwise) const { return has(member) ? at(member).boolean() : otherwise; }
  std::string text_or(const char *member, const std::string &otherwise) const { return has(member) ? at(member).text() : otherwise; }

  /** The C++ object behind a handle; `expected` says what it should have been. */
  template <typename T>
  T &handle(const char *expected) const {
    bool ours = false;
    void *object = nullptr;
    if (type() != napi_object || napi_check_object_type_tag(env_, value_, &T::type_tag, &ours) != napi_ok || !ours ||
        napi_unwrap(env_, value_, &object) != napi_ok)
      refuse(name_, expected);
    return *static_cast<T *>(object);
  }

 private:
  napi_valuetype type() const {
    napi_valuetype type = napi_undefined;
    check(env_, napi_typeof(env_, value_, &type));
    return type;
  }
  static std::string shown(double number) {
    std::string text = std::to_string(number);
    return text.substr(0, text.find('.') + 3);
  }
  template <typename Number>
  std::vector<Number> numbers(napi_typedarray_type expected, const char *name) const {
    bool is_array = false;
    check(env_, napi_is_typedarray(env_, value_, &is_array));
    napi_typedarray_type kind = napi_int8_array;
    size_t count = 0;
    void *data = nullptr;
    if (is_array) check(env_, napi_get_typedarray_info(env_, value_, &kind, &count, &data, nullptr, nullptr));
    if (!is_array || kind != expected) refuse(name_, name);
    std::vector<Number> copy(count);
    if (count > 0) std::memcpy(copy.data(), data, count * sizeof(Number));
    return copy;
  }

  napi_env env_;
  napi_value value_;
  std::string name_;
};

}  // namespace redoubt
