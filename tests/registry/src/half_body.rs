//! A body that breaks off, for the fault of that name.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Body, Frame};

/// Sends its bytes, then fails.
pub struct HalfBody(Option<Bytes>);

impl HalfBody {
    /// A body of which `half` arrives.
    pub fn new(half: Bytes) -> Self {
        Self(Some(half))
    }
}

impl Body for HalfBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(Some(match self.0.take() {
            Some(half) => Ok(Frame::data(half)),
            None => Err(io::Error::other("cut off on purpose")),
        }))
    }
}
