package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An index of Python projects in a folder: a wheel, and a project of which there are sources alone. */
record WheelIndex(Path folder) {

    /**
     * Makes it.
     *
     * @param sums what the source project's function says
     */
    static WheelIndex make(Path folder, String sums) throws IOException, InterruptedException {
        WheelIndex index = new WheelIndex(folder);
        index.offer("courier-words", index.words());
        index.offer("courier-sums", index.sums(sums));
        return index;
    }

    Path simple() {
        return folder.resolve("simple");
    }

    private void offer(String project, Path file) throws IOException {
        Path page = Files.createDirectories(simple().resolve(project)).resolve("index.html");
        Files.writeString(
                page,
                "<!DOCTYPE html><html><body><a href=\"../../files/" + file.getFileName() + "#sha256="
                        + Digest.of(file).hex() + "\">" + file.getFileName() + "</a></body></html>\n");
    }

    private Path words() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("courier_words/__init__.py", "def say():\n    print('words of the courier')\n");
        files.put(
                "courier_words-2.0.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: courier-words\nVersion: 2.0\nRequires-Python: >=3.6\n");
        files.put(
                "courier_words-2.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        files.put(
                "courier_words-2.0.dist-info/entry_points.txt", "[console_scripts]\ncourier-say = courier_words:say\n");
        StringBuilder record = new StringBuilder();
        files.forEach((name, text) -> record.append(name)
                .append(",sha256=")
                .append(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(HexFormat.of()
                                .parseHex(Digest.of(text.getBytes(StandardCharsets.UTF_8))
                                        .hex())))
                .append(",\n"));
        files.put("courier_words-2.0.dist-info/RECORD", record + "courier_words-2.0.dist-info/RECORD,,\n");
        Path wheel = Files.createDirectories(folder.resolve("files")).resolve("courier_words-2.0-py3-none-any.whl");
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return wheel;
    }

    /** A module in C, and a program that it brings. */
    private Path sums(String says) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(folder.resolve("sources/courier_sums-1.5"));
        Files.writeString(sources.resolve("pyproject.toml"), """
                [build-system]
                requires = ["setuptools>=40", "wheel"]
                build-backend = "setuptools.build_meta"
                """);
        Files.writeString(sources.resolve("setup.py"), """
                from setuptools import Extension, setup

                setup(
                    name='courier-sums',
                    version='1.5',
                    ext_modules=[Extension('courier_sums', ['courier_sums.c'])],
                    install_requires=['courier-words>=1; python_version >= "3"', 'nothing-here; sys_platform == "win32"'],
                    python_requires='>=3.6',
                )
                """);
        Files.writeString(sources.resolve("courier_sums.c"), """
                #define PY_SSIZE_T_CLEAN
                #include <Python.h>

                static PyObject *say(PyObject *self, PyObject *args) {
                    return PyUnicode_FromString("%s");
                }

                static PyMethodDef methods[] = {{"say", say, METH_NOARGS, "Says it."}, {NULL, NULL, 0, NULL}};
                static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "courier_sums", NULL, -1, methods};

                PyMODINIT_FUNC PyInit_courier_sums(void) {
                    return PyModule_Create(&module);
                }
                """.formatted(says));
        Path archive = folder.resolve("files/courier_sums-1.5.tar.gz");
        Program.Result tar = Program.of("tar", "-czf", archive, "-C", sources.getParent(), sources.getFileName())
                .run();
        assertThat(tar.status()).as(tar.output()).isZero();
        return archive;
    }
}
