//! The binary form of a WebAssembly module (specification, chapter 5), as far as names are concerned.

/// The section of what is imported.
pub const IMPORTS: u8 = 2;
/// The section of what is exported.
pub const EXPORTS: u8 = 7;
/// The kind of an import or export that is a function.
pub const FUNCTION: u8 = 0;

/// The module with what `change` makes of each section, by its number; a section of which it makes nothing is left out.
/// `None` when the module cannot be read, or `change` says so.
pub fn with_sections(
    wasm: &[u8],
    mut change: impl FnMut(u8, &[u8]) -> Option<Option<Vec<u8>>>,
) -> Option<Vec<u8>> {
    let (header, sections) = wasm.split_at_checked(8)?;
    let mut made = header.to_vec();
    let mut reader = Reader(sections);
    while let Some(id) = reader.byte() {
        let length = reader.number()?;
        if let Some(section) = change(id, reader.take(length)?)? {
            made.push(id);
            put_bytes(&mut made, &section);
        }
    }
    Some(made)
}

/// What is left to be read. Every answer is `None` when it ends too early.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// An unsigned number in LEB128.
    pub fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    /// So many bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Bytes after their number, as names are.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    /// What is imported: a function, table, memory, global or tag, as it stands.
    pub fn description(&mut self) -> Option<&'a [u8]> {
        let whole = self.0;
        match self.byte()? {
            FUNCTION => self.number().map(|_| ())?,
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => self.take(2).map(|_| ())?,
            4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return None,
        }
        whole.get(..whole.len() - self.0.len())
    }

    fn limits(&mut self) -> Option<()> {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Some(())
    }
}

/// An unsigned number in LEB128.
pub fn put_number(made: &mut Vec<u8>, mut number: usize) {
    while number > 127 {
        made.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    made.push(number as u8);
}

/// Bytes after their number.
pub fn put_bytes(made: &mut Vec<u8>, bytes: &[u8]) {
    put_number(made, bytes.len());
    made.extend_from_slice(bytes);
}
