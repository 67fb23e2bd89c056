//! Types that a file's structs are written with.

use std::borrow::Cow;
use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::value::SeqDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::fault::Fault;
use super::tree::Tree;
use crate::source::Span;

/// The name by which the reader knows that a place is wanted.
pub(super) const LOCATED: &str = "$golive::Located";

/// The name by which the reader knows that one value may stand for a list.
pub(super) const ONE_OR_MANY: &str = "$golive::OneOrMany";

/// A value with its place. Only [`super::decode`] can decode it; its schema is its value's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where its literal stands, with its quotes.
    pub span: Span,
    /// Where its key stands, if it has one.
    pub key: Option<Span>,
    /// It is not there, and that has been said: the value is empty and judged no further.
    pub absent: bool,
}

impl<T> Located<T> {
    /// The best single place to point at: the key where there is one.
    pub fn place(&self) -> Span {
        self.key.unwrap_or(self.span)
    }

    /// Another value at the same place.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located { value, span: self.span, key: self.key, absent: self.absent }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_struct(LOCATED, &[], LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a value of a located tree")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let value = parts.next_element()?;
        let place: Option<Vec<u32>> = parts.next_element()?;
        let (Some(value), Some([start, end, key_start, key_end, keyed, absent])) =
            (value, place.as_deref().and_then(|place| place.first_chunk()))
        else {
            return Err(A::Error::custom("a place is missing"));
        };
        let key = Span { start: *key_start, end: *key_end };
        Ok(Located {
            value,
            span: Span { start: *start, end: *end },
            key: (*keyed == 1).then_some(key),
            absent: *absent == 1,
        })
    }
}

/// The value and the place of a node, in that order.
pub(super) struct Parts<'t, R> {
    reader: Option<R>,
    tree: &'t Tree,
    of_key: bool,
    given: bool,
}

impl<'t, R> Parts<'t, R> {
    pub(super) fn new(reader: R, tree: &'t Tree) -> Self {
        Self { reader: Some(reader), tree, of_key: false, given: false }
    }

    pub(super) fn of_key(reader: R, tree: &'t Tree) -> Self {
        Self { reader: Some(reader), tree, of_key: true, given: false }
    }

    fn place(&self) -> Vec<u32> {
        let key = self.tree.key.unwrap_or_default();
        let span = if self.of_key { key } else { self.tree.span };
        let keyed = u32::from(self.tree.key.is_some());
        let absent = u32::from(self.tree.absent);
        vec![span.start, span.end, key.start, key.end, keyed, absent]
    }
}

impl<'de, R: Deserializer<'de, Error = Fault>> SeqAccess<'de> for Parts<'_, R> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        if let Some(reader) = self.reader.take() {
            return seed.deserialize(reader).map(Some);
        }
        if std::mem::replace(&mut self.given, true) {
            return Ok(None);
        }
        let place: SeqDeserializer<_, Fault> = self.place().into_deserializer();
        seed.deserialize(place).map(Some)
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_struct(ONE_OR_MANY, &[], Many(PhantomData))
    }
}

struct Many<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Many<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a value or a list of values")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, one: D) -> Result<Self::Value, D::Error> {
        Ok(OneOrMany(vec![T::deserialize(one)?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(OneOrMany(all))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        let many = generator.subschema_for::<Vec<T>>();
        schemars::json_schema!({ "anyOf": [one, many] })
    }
}

/// A map that keeps the order of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<T>(pub Vec<(Located<String>, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_map(InOrder(PhantomData))
    }
}

struct InOrder<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
    type Value = Ordered<T>;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            all.push(entry);
        }
        Ok(Ordered(all))
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Ordered_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}
