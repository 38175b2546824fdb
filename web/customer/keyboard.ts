/** Where the on-screen keyboard covers the page instead of shrinking it (iOS), the page takes the height that is left. */
export function fitKeyboard(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = (): void => {
    const covered = window.innerHeight - view.height > 80 && view.scale <= 1.01;
    if (covered) document.documentElement.style.setProperty('--height', `${view.height}px`);
    else document.documentElement.style.removeProperty('--height');
    if (covered) window.scrollTo(0, 0);
  };
  view.addEventListener('resize', fit);
}
