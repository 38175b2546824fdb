/** Pictures on their way in: checked here so that nobody waits for an upload that cannot succeed. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_AT_ONCE = 4;
const LONGEST_EDGE = 2560;

export type PictureProblem = 'notPicture' | 'tooBig' | 'tooMany';

export interface Chosen {
  readonly pictures: readonly File[];
  readonly problem: PictureProblem | null;
}

/** Adds `files` to what is chosen already; says what was left out. A photo above the limit is made smaller first. */
export async function choose(before: readonly File[], files: readonly File[]): Promise<Chosen> {
  const pictures = [...before];
  let problem: PictureProblem | null = null;
  for (const file of files) {
    if (pictures.length >= MOST_AT_ONCE) return { pictures, problem: 'tooMany' };
    if (!/^image\/(png|jpe?g|gif|webp|heic|heif)$/.test(file.type)) {
      problem = 'notPicture';
      continue;
    }
    const fitting = file.size <= MOST_BYTES ? file : await smaller(file);
    if (fitting === null) problem = 'tooBig';
    else pictures.push(fitting);
  }
  return { pictures, problem };
}

async function smaller(file: File): Promise<File | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
    if (blob === null || blob.size > MOST_BYTES) return null;
    return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
  } catch {
    return null;
  }
}

export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}
