// Says of each recorded block which view of which program it is, so that the
// style sheets can tell an output from a listing: the marker in front of it,
// `<!-- recorded: v5 output -->`, becomes data-program="v5" data-view="output".
{
  const comments = document.createNodeIterator(document.querySelector("main"), NodeFilter.SHOW_COMMENT);
  for (let node; (node = comments.nextNode()); ) {
    const comment = /** @type {Comment} */ (node);
    const marker = /^\s*recorded:\s+(\S+)\s+(\S+)(?:\s+asks)?\s*$/.exec(comment.data);
    const block = /** @type {HTMLElement | null} */ (comment.nextElementSibling);
    if (marker && block) [, block.dataset.program, block.dataset.view] = marker;
  }
}
