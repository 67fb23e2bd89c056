//! serde's view of the copy.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::key::{KeyReader, Variant};
use super::located::{LOCATED, ONE_OR_MANY, Parts};
use super::tree::{Shape, Tree};
use crate::document::Value;

/// Reads one node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    tree: &'t Tree,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self { tree }
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.kind {
            Shape::Hole => visitor.visit_unit(),
            Shape::List(items) => {
                let mut left = Items::new(items);
                let value = visitor.visit_seq(&mut left)?;
                match left.items.next() {
                    None => Ok(value),
                    Some((read, _)) => {
                        let most = format!("at most {read} items");
                        Err(Fault::invalid_length(items.len(), &most.as_str()))
                    }
                }
            }
            Shape::Map(entries) => visitor.visit_map(Entries::new(entries)),
            Shape::Scalar(value) => match value {
                Value::Bool(value) => visitor.visit_bool(*value),
                Value::Int(value) => visitor.visit_i64(*value),
                Value::Float(value) => visitor.visit_f64(*value),
                Value::Text { text, .. } => {
                    visitor.visit_str(text).map_err(|fault: Fault| fault.without(text))
                }
                Value::Null | Value::List(_) | Value::Map(_) => visitor.visit_unit(),
            },
        }
    }

    fn is_hole(self) -> bool {
        matches!(self.tree.kind, Shape::Hole)
    }

    /// A fault that has no place yet is about this node.
    fn placed<T>(self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| {
            let missing = fault.missing.is_some();
            fault.at(if missing { self.tree.place() } else { self.tree.span })
        })
    }

    /// One value, or the items of a list.
    fn one_or_many<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.kind {
            Shape::List(items) => visitor.visit_seq(&mut Items::new(items)),
            Shape::Hole | Shape::Scalar(Value::Null) => visitor.visit_seq(&mut Items::new(&[])),
            Shape::Scalar(_) | Shape::Map(_) => visitor.visit_newtype_struct(self),
        }
    }
}

/// What a hole gives where text, numbers or collections are asked for.
macro_rules! holes {
    ($($method:ident => $visit:ident($empty:expr),)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            if self.is_hole() { visitor.$visit($empty) } else { self.deserialize_any(visitor) }
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.placed(self.visit(visitor))
    }

    holes! {
        deserialize_bool => visit_bool(false),
        deserialize_i64 => visit_i64(0),
        deserialize_u32 => visit_u32(0),
        deserialize_u64 => visit_u64(0),
        deserialize_f64 => visit_f64(0.0),
        deserialize_str => visit_str(""),
        deserialize_string => visit_str(""),
        deserialize_seq => visit_seq(&mut Items::new(&[])),
        deserialize_map => visit_map(Entries::new(&[])),
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.tree.kind {
            Shape::Hole | Shape::Scalar(Value::Null) => visitor.visit_none(),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if self.is_hole() {
            return visitor.visit_seq(Holes { left: length, hole: self });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == LOCATED {
            return visitor.visit_seq(Parts::new(self, self.tree));
        }
        if name == ONE_OR_MANY {
            return self.one_or_many(visitor);
        }
        match &self.tree.kind {
            Shape::Hole | Shape::Scalar(Value::Null) => {
                self.placed(visitor.visit_map(Entries::new(&[])))
            }
            // serde would fill the fields from a list in their order
            Shape::List(_) => {
                Err(Fault::invalid_type(Unexpected::Seq, &"a map").at(self.tree.span))
            }
            Shape::Scalar(_) | Shape::Map(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let result = match &self.tree.kind {
            Shape::Hole => {
                let word: StrDeserializer<'_, Fault> =
                    words.first().copied().unwrap_or_default().into_deserializer();
                visitor.visit_enum(word)
            }
            Shape::Scalar(Value::Text { text, .. }) => {
                let word: StrDeserializer<'_, Fault> = (&**text).into_deserializer();
                visitor.visit_enum(word)
            }
            Shape::Map(entries) => match entries.as_slice() {
                [Some((word, value))] => visitor.visit_enum(Variant { word, value }),
                _ => self.visit(visitor),
            },
            Shape::Scalar(_) | Shape::List(_) => self.visit(visitor),
        };
        self.placed(result)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
        identifier
    }
}

/// As many holes as a list of fixed length has items.
struct Holes<'t> {
    left: usize,
    hole: Reader<'t>,
}

impl<'de> SeqAccess<'de> for Holes<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(self.hole).map(Some)
    }
}

/// Items of a list.
pub(super) struct Items<'t> {
    items: std::iter::Enumerate<std::slice::Iter<'t, Option<Tree>>>,
}

impl<'t> Items<'t> {
    fn new(items: &'t [Option<Tree>]) -> Self {
        Self { items: items.iter().enumerate() }
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        for (step, item) in self.items.by_ref() {
            if let Some(item) = item {
                let read = seed.deserialize(Reader::new(item));
                return read.map(Some).map_err(|fault| fault.at(item.span).within(step));
            }
        }
        Ok(None)
    }
}

/// Entries of a map.
pub(super) struct Entries<'t> {
    entries: std::iter::Enumerate<std::slice::Iter<'t, Option<(String, Tree)>>>,
    value: Option<(usize, &'t Tree)>,
}

impl<'t> Entries<'t> {
    fn new(entries: &'t [Option<(String, Tree)>]) -> Self {
        Self { entries: entries.iter().enumerate(), value: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        for (step, entry) in self.entries.by_ref() {
            if let Some((key, value)) = entry {
                self.value = Some((step, value));
                let place = value.key.unwrap_or(value.span);
                let read = seed.deserialize(KeyReader { key, tree: value });
                return read.map(Some).map_err(|fault| fault.at(place).within(step));
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((step, value)) = self.value.take() else {
            return Err(Error::custom("a value is asked for before its key"));
        };
        let read = seed.deserialize(Reader::new(value));
        read.map_err(|fault| fault.at(value.span).within(step))
    }
}
