//! A text as it is compared, that knows where each of its letters comes from.

use std::ops::Range;

use crate::search::fold;

/// A folded text that knows where each of its bytes comes from.
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of it, where the character begins and ends that it comes from.
    from: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::new() };
        let mut sign_text = [0; 4];
        for (begin, sign) in text.char_indices() {
            let end = begin + sign.len_utf8();
            let piece = fold(sign.encode_utf8(&mut sign_text));
            if piece == " " && folded.text.ends_with(' ') {
                continue;
            }
            if piece.is_empty() {
                // A mark belongs to the letter that it stands over.
                folded
                    .from
                    .iter_mut()
                    .rev()
                    .take_while(|(_, last)| *last == begin)
                    .for_each(|it| it.1 = end);
            }
            folded.from.resize(folded.from.len() + piece.len(), (begin, end));
            folded.text.push_str(&piece);
        }
        folded
    }

    /// Where the bytes `begin..end` of the folded text lie in the other.
    pub(super) fn range(&self, begin: usize, end: usize) -> Range<usize> {
        let first = self.from.get(begin).map_or(0, |(begin, _)| *begin);
        first..self.from.get(end.saturating_sub(1)).map_or(first, |(_, end)| *end)
    }
}
