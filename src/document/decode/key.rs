//! Keys, and the words of enums.

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::access::Reader;
use super::fault::Fault;
use super::located::{LOCATED, Parts};
use super::tree::Tree;

/// Reads a key.
pub(super) struct KeyReader<'t> {
    /// The key.
    pub(super) key: &'t str,
    /// Its value.
    pub(super) tree: &'t Tree,
}

impl<'de> Deserializer<'de> for KeyReader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.key).map_err(|fault: Fault| fault.without(self.key))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let word: StringDeserializer<Fault> = self.key.to_owned().into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == LOCATED {
            let tree = self.tree;
            return visitor.visit_seq(Parts::of_key(self, tree));
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

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// A map of one key that names a variant.
pub(super) struct Variant<'t> {
    /// The name.
    pub(super) word: &'t str,
    /// What it holds.
    pub(super) value: &'t Tree,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let place = self.value.key.unwrap_or(self.value.span);
        let word: StrDeserializer<'_, Fault> = self.word.into_deserializer();
        let word = seed.deserialize(word).map_err(|fault| fault.at(place).within(0))?;
        Ok((word, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Err(Fault::at(serde::de::Error::custom("this word takes nothing"), self.value.span))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Reader::new(self.value)).map_err(|fault| fault.within(0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Reader::new(self.value).deserialize_any(visitor).map_err(|fault| fault.within(0))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Reader::new(self.value).deserialize_any(visitor).map_err(|fault| fault.within(0))
    }
}
