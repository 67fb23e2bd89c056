//! A JSON body with the places of its texts.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::document::Located;
use crate::source::Span;

/// Any JSON value; texts inside are templates.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Body(pub(crate) Located<BodyShape>);

/// What a body says.
#[derive(Clone, Debug)]
pub(crate) enum BodyShape {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A template.
    Text(String),
    /// A list.
    List(Vec<Body>),
    /// Names and values in order of writing.
    Map(Vec<(String, Body)>),
}

impl Body {
    /// The body as JSON, templates as they are written.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.0.value {
            BodyShape::Null => serde_json::Value::Null,
            BodyShape::Bool(value) => (*value).into(),
            BodyShape::Int(value) => (*value).into(),
            BodyShape::Float(value) => (*value).into(),
            BodyShape::Text(text) => text.clone().into(),
            BodyShape::List(items) => items.iter().map(Self::to_json).collect(),
            BodyShape::Map(entries) => {
                entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect()
            }
        }
    }

    /// All templates in it, with their places.
    pub(crate) fn texts(&self) -> Vec<(&str, Span)> {
        match &self.0.value {
            BodyShape::Text(text) => vec![(text, self.0.span)],
            BodyShape::List(items) => items.iter().flat_map(Self::texts).collect(),
            BodyShape::Map(entries) => {
                entries.iter().flat_map(|(_, value)| value.texts()).collect()
            }
            BodyShape::Null | BodyShape::Bool(_) | BodyShape::Int(_) | BodyShape::Float(_) => {
                Vec::new()
            }
        }
    }
}

impl<'de> Deserialize<'de> for BodyShape {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(BodyVisitor)
    }
}

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = BodyShape;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<BodyShape, E> {
        Ok(BodyShape::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<BodyShape, E> {
        Ok(BodyShape::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<BodyShape, E> {
        Ok(BodyShape::Int(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<BodyShape, E> {
        Ok(BodyShape::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<BodyShape, E> {
        Ok(BodyShape::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<BodyShape, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(BodyShape::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<BodyShape, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(BodyShape::Map(map))
    }
}

impl JsonSchema for Body {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Body".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "description": "any JSON value; texts inside are templates" })
    }
}
