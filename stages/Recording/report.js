for (const face of document.querySelectorAll('.face')) {
  const clock = face.querySelector('.clock');
  const seconds = Number(face.dataset.seconds);
  face.addEventListener('pointermove', event => {
    const lane = event.target.closest('.lane');
    if (!lane) return;
    const box = lane.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    face.classList.add('pointed');
    face.style.setProperty('--cursor', `${(100 * share).toFixed(2)}%`);
    clock.textContent = `${(share * seconds).toFixed(2)} s`;
  });
  face.addEventListener('pointerleave', () => {
    face.classList.remove('pointed');
    clock.textContent = '';
  });
}
