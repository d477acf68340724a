//! `view!`: markup as in leptos, compiled to a template that the browser copies.
//!
//! Of `<p class="note">"By " {name}</p>` the fixed part becomes one piece of HTML, which the browser parses once and then
//! copies, and only `{name}` becomes code. leptos's own macro makes code of every element, attribute and text; so do
//! components here, which are handed on to it. How a copy is filled is told in the app's `template` module.

mod fixed;
mod markup;
mod steps;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{ToTokens, quote};
use rstml::Infallible;
use rstml::node::{Node, NodeBlock, NodeElement};
use syn::Stmt;

/// Markup, as in leptos's macro of the same name. What it gives is a view: a template for one element, whatever a component
/// gives for one component, and a list for several nodes side by side.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    let config = rstml::ParserConfig::new().recover_block(true);
    let (nodes, problems) = rstml::Parser::new(config)
        .parse_recoverable(input)
        .split_vec();
    let problems = problems
        .into_iter()
        .map(|problem| problem.emit_as_expr_tokens());
    let view = several(&nodes).unwrap_or_else(syn::Error::into_compile_error);
    quote! {{ #(#problems;)* #view }}.into()
}

/// Nodes side by side.
fn several(nodes: &[Node]) -> syn::Result<Tokens> {
    let shown: Vec<&Node> = nodes
        .iter()
        .filter(|node| !matches!(node, Node::Comment(_)))
        .collect();
    if let [node] = shown.as_slice() {
        return one(node);
    }
    let views = shown
        .iter()
        .map(|node| one(node))
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        ::std::vec::Vec::from([#(crate::template::Erase::erase(#views)),*])
    })
}

fn one(node: &Node) -> syn::Result<Tokens> {
    match node {
        Node::Element(element) if is_component(element) => component(element),
        Node::Element(element) => markup::template(element),
        Node::Fragment(fragment) => several(&fragment.children),
        Node::Block(block) => Ok(bare(block)),
        Node::Text(text) => Ok(text.value.to_token_stream()),
        Node::RawText(text) => Ok(text.to_string_best().to_token_stream()),
        Node::Comment(_) => Ok(quote! { () }),
        other => Err(syn::Error::new_spanned(
            other,
            "this cannot stand in markup",
        )),
    }
}

/// What stands in braces, without them where they hold one expression.
fn bare(block: &NodeBlock) -> Tokens {
    if let NodeBlock::ValidBlock(block) = block
        && let [Stmt::Expr(expression, None)] = block.stmts.as_slice()
    {
        return expression.to_token_stream();
    }
    block.to_token_stream()
}

/// Whether it is a component: its name, after any path, starts with a capital letter.
fn is_component(element: &NodeElement<Infallible>) -> bool {
    let name = element.open_tag.name.to_string();
    let name = name.rsplit("::").next().unwrap_or_default().trim();
    name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Components are leptos's; only what stands inside them is ours again.
fn component(element: &NodeElement<Infallible>) -> syn::Result<Tokens> {
    let name = &element.open_tag.name;
    let generics = &element.open_tag.generics;
    let attributes = &element.open_tag.attributes;
    if element.children.is_empty() {
        return Ok(quote! { ::leptos::prelude::view! { <#name #generics #(#attributes)* /> } });
    }
    let children = several(&element.children)?;
    Ok(quote! {
        ::leptos::prelude::view! { <#name #generics #(#attributes)*>{#children}</#name> }
    })
}
