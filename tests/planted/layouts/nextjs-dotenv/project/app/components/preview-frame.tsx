export function PreviewFrame({ src }: { src: string }) {
  // `sandbox` here is the attribute of an iframe
  return <iframe src={src} sandbox="allow-scripts allow-same-origin" title="preview" />
}
