//! A JSON value where it is: in the browser's memory, or natively in ours. Both answer the same questions.

#[cfg(target_arch = "wasm32")]
pub use browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub use native::*;

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, JSON, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    pub type Value = JsValue;

    pub fn parse(text: &str) -> Option<Value> {
        JSON::parse(text).ok()
    }

    /// What an object has under a key, `null` not counted. No key that is asked for is one that every object has.
    pub fn get(object: &Value, key: &str) -> Option<Value> {
        let value = Reflect::get(object, &JsValue::from_str(key)).ok()?;
        (!is_null(&value)).then_some(value)
    }

    pub fn keys(object: &Value) -> Vec<String> {
        let keys = Object::keys(object.unchecked_ref::<Object>());
        keys.iter().filter_map(|key| key.as_string()).collect()
    }

    pub fn is_null(value: &Value) -> bool {
        value.is_null() || value.is_undefined()
    }

    pub fn is_object(value: &Value) -> bool {
        value.is_object() && !Array::is_array(value)
    }

    pub fn text(value: &Value) -> Option<String> {
        value.as_string()
    }

    pub fn flag(value: &Value) -> Option<bool> {
        value.as_bool()
    }

    /// A whole number.
    pub fn whole(value: &Value) -> Option<f64> {
        value.as_f64().filter(|number| number.fract() == 0.0)
    }

    pub fn list(value: &Value) -> Option<Vec<Value>> {
        Array::is_array(value).then(|| value.unchecked_ref::<Array>().to_vec())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    pub type Value = serde_json::Value;

    pub fn parse(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok()
    }

    /// What an object has under a key, `null` not counted.
    pub fn get(object: &Value, key: &str) -> Option<Value> {
        object.get(key).filter(|value| !is_null(value)).cloned()
    }

    pub fn keys(object: &Value) -> Vec<String> {
        object
            .as_object()
            .map_or_else(Vec::new, |object| object.keys().cloned().collect())
    }

    pub fn is_null(value: &Value) -> bool {
        value.is_null()
    }

    pub fn is_object(value: &Value) -> bool {
        value.is_object()
    }

    pub fn text(value: &Value) -> Option<String> {
        value.as_str().map(str::to_owned)
    }

    pub fn flag(value: &Value) -> Option<bool> {
        value.as_bool()
    }

    /// A whole number.
    pub fn whole(value: &Value) -> Option<f64> {
        value.as_f64().filter(|number| number.fract() == 0.0)
    }

    pub fn list(value: &Value) -> Option<Vec<Value>> {
        value.as_array().cloned()
    }
}
