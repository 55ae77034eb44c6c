/** The library is loaded with the first picture: it takes 30 MB that an idle bot does not need. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // It would keep 50 MB of what it read, by file name, though no file here is read often.
  sharp.cache(false);
  // A second thread for one picture is a second share of memory.
  sharp.concurrency(1);
  return sharp;
}
