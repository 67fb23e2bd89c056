//! Where a text that is no HCL goes wrong: the parser often knows no more than the start.

/// The byte that a person should look at: what the parser says, unless that is the very start; then
/// the last bracket that nothing closes, or the first that closes nothing.
pub(super) fn place(text: &str, said: usize) -> usize {
    let blank = text.len() - text.trim_start().len();
    if said > blank { said.min(text.len()) } else { unbalanced(text).unwrap_or(said) }
}

fn unbalanced(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let rest = text.get(at..).unwrap_or_default();
        match byte {
            b'#' => at += line(rest),
            b'/' if rest.starts_with("//") => at += line(rest),
            b'/' if rest.starts_with("/*") => match rest.find("*/") {
                Some(end) => at += end + 1,
                None => return Some(at),
            },
            b'"' => match quoted(rest) {
                Some(length) => at += length - 1,
                None => return Some(at),
            },
            b'{' | b'[' | b'(' => open.push((at, byte)),
            b'}' | b']' | b')' => {
                let opens = match byte {
                    b'}' => b'{',
                    b']' => b'[',
                    _ => b'(',
                };
                if open.pop().is_none_or(|(_, before)| before != opens) {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.pop().map(|(at, _)| at)
}

/// How many bytes of a comment lie before its line break.
fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len()).saturating_sub(1)
}

/// How long a text in quotes is, with both; none where its line ends first.
fn quoted(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (offset, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return None,
            b'"' if !escaped => return Some(offset + 1),
            _ => escaped = byte == b'\\' && !escaped,
        }
    }
    None
}
