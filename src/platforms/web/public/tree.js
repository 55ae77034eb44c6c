/** A family tree may be larger than its frame: it begins where the picture is that was asked for. */
const frame = document.querySelector('.tree-frame');
const asked = frame?.querySelector('.is-asked');

if (asked) {
  const { right, width } = asked.getBoundingClientRect();
  const leadsRight = getComputedStyle(asked.closest('.tree-canvas')).flexDirection === 'row';
  // With what led to it before it, and a glimpse of what came next.
  const ahead = leadsRight ? width * 1.6 : width / 4;
  frame.scrollLeft += right + ahead - frame.getBoundingClientRect().right;
}
