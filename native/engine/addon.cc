// The surface for JavaScript; typed in electron/processes/inference/native/engine-addon.ts.
#include "grammar/grammar_binding.h"
#include "job.h"
#include "library.h"
#include "log.h"
#include "model_handle.h"
#include "napi.h"
#include "quantise.h"

namespace redoubt {
namespace {

napi_value open(Call &call) {
  open_library(call.argument(0, "library").at("folder").text());
  return make_undefined(call.env());
}

napi_value system_info(Call &call) { return make_text(call.env(), lib().llama_print_system_info()); }

const char *kind_of(ggml_backend_dev_t device) {
  switch (lib().ggml_backend_dev_type(device)) {
    case GGML_BACKEND_DEVICE_TYPE_CPU: return "cpu";
    case GGML_BACKEND_DEVICE_TYPE_GPU: return "gpu";
    case GGML_BACKEND_DEVICE_TYPE_IGPU: return "integrated-gpu";
    default: return "accelerator";
  }
}

/** Devices with their memory now, in bytes. */
napi_value devices(Call &call) {
  napi_env env = call.env();
  const size_t count = lib().ggml_backend_dev_count();
  napi_value list;
  check(env, napi_create_array_with_length(env, count, &list));
  for (uint32_t i = 0; i < count; i++) {
    const auto device = lib().ggml_backend_dev_get(i);
    size_t free = 0, total = 0;
    lib().ggml_backend_dev_memory(device, &free, &total);
    napi_value shown = make_object(env);
    set(env, shown, "name", make_text(env, lib().ggml_backend_dev_name(device)));
    set(env, shown, "description", make_text(env, lib().ggml_backend_dev_description(device)));
    set(env, shown, "kind", make_text(env, kind_of(device)));
    set(env, shown, "freeBytes", make_number(env, static_cast<double>(free)));
    set(env, shown, "totalBytes", make_number(env, static_cast<double>(total)));
    check(env, napi_set_element(env, list, i, shown));
  }
  return list;
}

}  // namespace
}  // namespace redoubt

NAPI_MODULE_INIT() {
  using namespace redoubt;
  return guarded(env, [&] {
    watch_environment(env);
    set(env, exports, "release", make_text(env, library_release()));
    add_methods(env, exports,
                {
                    method<redoubt::open>("open"),
                    method<system_info>("systemInfo"),
                    method<devices>("devices"),
                    method<load_model>("loadModel"),
                    method<start_quantise>("quantise"),
                    method<grammar_vocabulary>("grammarVocabulary"),
                });
    return exports;
  });
}
