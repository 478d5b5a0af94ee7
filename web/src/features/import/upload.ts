import { sendJson } from '../../api/json';
import { requestRaw } from '../../api/client';
import { isProblem } from '../../api/problem';

const maxTries = 4;
const pause_ms = 800;

/** Sends a file in parts; a part that does not get through is sent again. Gives the upload's id. */
export async function uploadFile(
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<number> {
  const upload = await sendJson<{ id: number; part_bytes: number }>('POST', '/api/uploads', {
    name: file.name,
    size_bytes: file.size,
  });
  const parts = Math.ceil(file.size / upload.part_bytes);
  for (let part = 0; part < parts; part += 1) {
    signal.throwIfAborted();
    const bytes = file.slice(part * upload.part_bytes, (part + 1) * upload.part_bytes);
    await sendPart(`/api/uploads/${upload.id}/parts/${part}`, bytes, signal);
    onProgress((part + 1) / parts);
  }
  return upload.id;
}

async function sendPart(path: string, bytes: Blob, signal: AbortSignal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await requestRaw(path, {
        method: 'PUT',
        body: bytes,
        headers: { 'Content-Type': 'application/octet-stream' },
        signal,
      });
      return;
    } catch (error) {
      const mayPass = isProblem(error) && (error.status === 0 || error.status >= 502);
      if (!mayPass || attempt === maxTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause_ms * attempt));
    }
  }
}
