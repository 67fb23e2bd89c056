//! Bytes of a file as text. Configuration is UTF-8; what an editor of another age or system wrote is
//! read as what it most likely is, so that a sandbox key in it is not missed.

/// The text that bytes hold; none where they are no text.
pub(super) fn decode(bytes: Vec<u8>) -> Option<String> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes).unwrap_or_else(|fault| {
            fault.as_bytes().iter().map(|byte| char::from(*byte)).collect()
        }),
    };
    (!text.contains('\0')).then_some(text)
}

/// UTF-16 without its byte-order mark, as some editors on Windows save it.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let units: Vec<u16> =
        pairs.filter_map(|pair| Some(unit([*pair.first()?, *pair.get(1)?]))).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn texts_of_other_encodings_are_read() {
        let little: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("A=é".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("A=é".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for bytes in [little, big, b"A=\xe9".to_vec(), "A=é".into()] {
            assert_eq!(decode(bytes).as_deref(), Some("A=é"));
        }
    }

    #[test]
    fn what_is_no_text_is_none() {
        for bytes in [b"\xff\xfeA".to_vec(), b"\x7fELF\0\0".to_vec(), b"\xff\xfe\x00\xd8".to_vec()]
        {
            assert_eq!(decode(bytes), None);
        }
    }
}
