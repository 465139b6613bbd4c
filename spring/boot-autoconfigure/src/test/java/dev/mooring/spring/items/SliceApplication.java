package dev.mooring.spring.items;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application whose parts are tested by slices. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SliceApplication {}
