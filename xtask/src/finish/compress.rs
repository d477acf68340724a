//! Compressed copies beside the files, made once so that no server makes them for each visitor.

use crate::failure::{FileContext, Outcome};
use flate2::{Compression, write::GzEncoder};
use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Whether a file gets compressed copies: text and wasm do, images and fonts are compressed already.
pub fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    [
        "html",
        "js",
        "css",
        "wasm",
        "svg",
        "xml",
        "txt",
        "json",
        "map",
        "webmanifest",
    ]
    .contains(&extension)
}

/// Puts a `.br` and a `.gz` beside every compressible file in `folder` and below.
pub fn all(folder: &Path) -> Outcome {
    for path in files(folder)? {
        if !is_compressible(&path) {
            continue;
        }
        let content = fs::read(&path).doing("read", &path)?;
        for (suffix, compressed) in [("br", brotli(&content)), ("gz", gzip(&content))] {
            let mut copy = path.clone().into_os_string();
            copy.push(format!(".{suffix}"));
            let copy = PathBuf::from(copy);
            fs::write(&copy, compressed).doing("write", &copy)?;
        }
    }
    Ok(())
}

/// Brotli at quality 11 with the largest ordinary window.
pub fn brotli(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut source = content;
    // Neither side of this can fail: both are memory.
    let _ = brotli::BrotliCompress(&mut source, &mut compressed, &parameters);
    compressed
}

/// Gzip at level 9, without a time in it, so that the same content gives the same file.
fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default()
}

/// Every file in `folder` and below, in the order of their paths.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).doing("read", &folder)? {
            let path = entry.doing("read", &folder)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn compressed_copies_give_the_content_back() {
        let content = "a crate and its owners, ".repeat(200).into_bytes();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&content).as_slice(), &mut unpacked).expect("brotli");
        assert_eq!(unpacked, content);
        assert!(brotli(&content).len() < content.len() / 10);

        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(gzip(&content).as_slice())
            .read_to_end(&mut unpacked)
            .expect("gzip");
        assert_eq!(unpacked, content);
    }

    #[test]
    fn empty_files_have_compressed_copies_too() {
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut brotli(b"").as_slice(), &mut unpacked).expect("brotli");
        assert!(unpacked.is_empty());
    }

    #[test]
    fn text_and_wasm_are_compressed_and_images_are_not() {
        for name in [
            "index.html",
            "assets/a-1.wasm",
            "favicon.svg",
            "robots.txt",
            "opensearch.xml",
        ] {
            assert!(is_compressible(Path::new(name)), "{name}");
        }
        for name in [
            "favicon.ico",
            "a.png",
            "a.woff2",
            "index.html.br",
            "index.html.gz",
            "LICENSE",
        ] {
            assert!(!is_compressible(Path::new(name)), "{name}");
        }
    }
}
