//! How deliveries are signed: what an algorithm needs is said, and nothing that it has no use for.

use super::Author;
use crate::document::Located;
use crate::expression::Fact;
use crate::pack::written::{BodyFormat, WrittenSignature};
use crate::pack::{
    Algorithm, Carrier, KeyForm, SetBy, SignatureScheme, Template, TemplatePart, TemplateUse,
};
use crate::source::suggest;

/// Validates a scheme.
pub(super) fn signature(
    written: &Located<WrittenSignature>,
    author: &mut Author<'_>,
) -> Option<SignatureScheme> {
    let one = &written.value;
    let over = one.over.as_ref().map(|text| author.template(text, TemplateUse::Signing));
    let value = match &one.value {
        Some(value) => author.template(value, TemplateUse::Signing),
        None => Some(Template(vec![hole("signature")])),
    };
    if let (Some(text), Some(value)) = (&one.value, &value)
        && !value.0.contains(&hole("signature"))
    {
        author.say(text.span, "the header's value holds `{signature}`");
    }
    needs(written, author);
    let carrier = carrier(written, author);
    let over = over.unwrap_or_else(|| Some(Template::default()));
    let is_form = one.body.as_ref().map_or_else(
        || over.as_ref().is_some_and(|over| over.0.contains(&hole("params"))),
        |body| body.value == BodyFormat::Form,
    );
    if let (Some(text), Some(over), Some(carrier)) = (&one.over, &over, &carrier) {
        signed(text, over, carrier, is_form, author);
    }
    let key = one.key.as_ref().map(|key| author.role(key));
    Some(SignatureScheme {
        carrier: carrier?,
        is_form,
        algorithm: one.algorithm,
        encoding: one.encoding.as_ref().map(|encoding| encoding.value),
        over: over?,
        value: value?,
        key: key.map_or(Some(None), |key| key.map(Some))?,
        key_form: one.key_form,
        set_by: set_by(written, author),
    })
}

/// Parts that parameters set: closed lists, of which every choice would do, the default first.
fn set_by(written: &Located<WrittenSignature>, author: &mut Author<'_>) -> SetBy {
    let (one, by) = (&written.value, &written.value.set_by);
    let header = one.header.as_ref().map(|header| header.value.clone());
    let key = one.key.as_ref().map(|key| key.value.clone());
    let algorithm = Some(one.algorithm.to_string());
    let header = chosen(by.header.as_ref(), header, author, |text, _| !text.is_empty());
    let algorithm = chosen(by.algorithm.as_ref(), algorithm, author, |text, _| {
        let known = Algorithm::named(text);
        known.is_some_and(|known| !known.is_asymmetric() && known != Algorithm::SharedToken)
    });
    let key = chosen(by.key.as_ref(), key, author, |text, author| {
        author.own().is_none_or(|own| own.roles.contains_key(text))
    });
    SetBy { header, algorithm, key }
}

/// The parameter that sets a part, which is written as the parameter's default.
fn chosen(
    name: Option<&Located<String>>,
    written: Option<String>,
    author: &mut Author<'_>,
    fits: impl Fn(&str, &Author<'_>) -> bool,
) -> Option<String> {
    let name = name.filter(|name| !name.absent)?;
    let own = author.own()?;
    let Some(choices) = own.choices.get(&name.value) else {
        let known: Vec<&str> = own.choices.keys().map(String::as_str).collect();
        let message = format!("`{}` is no parameter with `choices`", name.value);
        author.say_with(name.span, message, suggest(&name.value, &known));
        return None;
    };
    let default = own.parameters.get(&name.value);
    if default != written.map(Fact::Text).as_ref() {
        author.say(name.span, "what is written here and the parameter's default are not the same");
    }
    let wrong = choices.iter().find(|one| !matches!(one, Fact::Text(text) if fits(text, author)));
    if wrong.is_some() {
        author.say(name.span, "not every choice of this parameter fits here");
    }
    Some(name.value.clone())
}

fn hole(name: &str) -> TemplatePart {
    TemplatePart::Delivery(name.to_owned())
}

/// What the algorithm needs to be said, and what it has no use for.
fn needs(written: &Located<WrittenSignature>, author: &mut Author<'_>) {
    let (one, place) = (&written.value, written.place());
    let algorithm = one.algorithm;
    if algorithm.is_asymmetric() || written.absent {
        return;
    }
    let said = [
        ("over", one.over.as_ref().map(Located::place)),
        ("encoding", one.encoding.as_ref().map(Located::place)),
    ];
    for (key, said) in said {
        match (said, algorithm == Algorithm::SharedToken) {
            (None, false) => author.say(place, format!("{algorithm} needs the key `{key}`")),
            (Some(said), true) => {
                author.say(said, format!("a shared token is sent as it is, so it has no `{key}`"));
            }
            (None, true) | (Some(_), false) => {}
        }
    }
    if algorithm == Algorithm::SharedToken && one.key_form != KeyForm::Text {
        author.say(place, "a shared token is sent as it is, so it has no `key-form`");
    }
    if one.key.is_none() {
        author.say(place, format!("{algorithm} needs the key `key`, a role"));
    }
}

/// Either a header or a field.
fn carrier(written: &Located<WrittenSignature>, author: &mut Author<'_>) -> Option<Carrier> {
    let one = &written.value;
    match (&one.header, &one.field) {
        (Some(header), None) => Some(Carrier::Header(header.value.clone())),
        (None, Some(field)) => {
            if field.value.split('.').any(str::is_empty) && !field.absent {
                author.say(field.span, "a field is written as in `data.signature`");
            }
            Some(Carrier::Field(field.value.clone()))
        }
        (None, None) | (Some(_), Some(_)) => {
            if !written.absent {
                author.say(written.place(), "a signature names either its `header` or its `field`");
            }
            None
        }
    }
}

/// What is signed is there before the signature is.
fn signed(
    text: &Located<String>,
    over: &Template,
    carrier: &Carrier,
    is_form: bool,
    author: &mut Author<'_>,
) {
    if over.0.contains(&hole("signature")) {
        author.say(text.span, "a signature is not made over itself");
    }
    if matches!(carrier, Carrier::Field(_)) && over.0.contains(&hole("body")) {
        author.say(text.span, "a signature inside the body is not made over the whole body");
    }
    if !is_form && over.0.contains(&hole("params")) {
        author.say(text.span, "only a form has `{params}`");
    }
}
